import { Parser } from '@asyncapi/parser';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../src/model/json.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { at, follow, isObject, payloadOf } from './payload-schema.js';
import { corrections, delivery, helpdesk, published, read, whatsapp } from './shipped.js';
import { subschemas, type Subschema } from './subschemas.js';

const overlays = [
  { name: 'delivery', path: delivery },
  { name: 'corrections', path: corrections },
];

test.each(overlays)(
  'every action of the $name overlay says what and why, where from and how sure',
  ({ path }) => {
    const overlay = parse(readFileSync(path, 'utf8')) as { readonly actions: readonly JsonObject[] };
    expect(overlay).toMatchObject({ overlay: '1.1.0', 'x-document-title': 'Freshworks Webhook Events' });
    for (const action of overlay.actions) {
      expect(action['description'], JSON.stringify(action['target'])).toMatch(/^[A-Z].*[.]$/s);
      expect(action['x-source'], String(action['target'])).toMatch(/\w/);
      expect(['V', 'R', 'M', '1', 'seed', 'judgement']).toContain(action['x-grade']);
    }
  },
);

test('every action finds its target in the published document', async () => {
  const found: Diagnostic[] = [];
  await read(published, [delivery, corrections], (each) => found.push(each));
  expect(found).toEqual([]);
});

test.each([
  { document: 'published document', spec: published, with: [] },
  { document: 'document with its delivery facts', spec: published, with: [delivery] },
  { document: 'corrected document', spec: published, with: [delivery, corrections] },
  { document: 'Helpdesk document', spec: helpdesk, with: [] },
  { document: 'WhatsApp document', spec: whatsapp, with: [] },
])('the $document is valid AsyncAPI', async (row) => {
  // The parser writes into what it is given.
  const document = structuredClone(await read(row.spec, row.with));
  const found = await new Parser().validate(document as never);
  expect(found.filter(({ severity }) => severity === 0)).toEqual([]);
});

test('the delivery facts of every channel are complete', async () => {
  const documents = [await read(published, [delivery]), await read(helpdesk), await read(whatsapp)];
  const facts = documents.flatMap((document) =>
    Object.entries(at(document, 'channels') as JsonObject).map(([address, channel]) => {
      const operation = at(channel, 'publish') as JsonObject;
      const schemes = (operation['security'] ?? []) as JsonObject[];
      for (const scheme of schemes.flatMap(Object.keys))
        at(document, 'components', 'securitySchemes', scheme);
      const { product, discriminator, deliveryKey, contentTypes } = at(channel, 'x-event') as JsonObject;
      const told = isObject(discriminator) ? `${discriminator['pointer']}=${discriminator['value']}` : 'path';
      return [
        address,
        product,
        told,
        (deliveryKey as Json[]).length,
        (contentTypes as Json[]).length,
        schemes.length,
      ];
    }),
  );
  expect(facts).toEqual([
    ['/freshdesk/ticket-created', 'freshdesk', 'path', 0, 2, 3],
    ['/freshdesk/ticket-updated', 'freshdesk', 'path', 0, 2, 3],
    ['/freshservice/ticket-created', 'freshservice', 'path', 0, 2, 2],
    ['/freshservice/ticket-updated', 'freshservice', 'path', 0, 2, 2],
    ['/freshchat/message-create', 'freshchat', '/action=message_create', 1, 0, 1],
    ['/freshchat/conversation-assignment', 'freshchat', '/action=conversation_assignment', 3, 0, 1],
    ['/freshchat/conversation-resolution', 'freshchat', '/action=conversation_resolution', 3, 0, 1],
    ['/freshchat/conversation-reopen', 'freshchat', '/action=conversation_reopen', 3, 0, 1],
    ['/helpdesk/ticket.created', 'helpdesk', '/event=ticket.created', 0, 0, 0],
    ['/helpdesk/ticket.updated', 'helpdesk', '/event=ticket.updated', 0, 0, 0],
    ['/helpdesk/ticket.deleted', 'helpdesk', '/event=ticket.deleted', 0, 0, 0],
    ['/helpdesk/ticket.assignment.changed', 'helpdesk', '/event=ticket.assignment.changed', 0, 0, 0],
    ['/helpdesk/ticket.resolved', 'helpdesk', '/event=ticket.resolved', 0, 0, 0],
    ['/whatsapp/outbound-message', 'whatsapp', '/event_type=outbound_message_event', 2, 0, 2],
  ]);
});

test('every property of the corrected documents has a description of its own', async () => {
  const documents = [
    await read(published, [delivery, corrections]),
    await read(helpdesk),
    await read(whatsapp),
  ];
  const silent = documents.flatMap(undescribed);
  expect(silent).toEqual([]);
});

test('a property that a newer published document adds, wherever it adds it, outlives the corrections', async () => {
  const document = parse(readFileSync(published, 'utf8')) as JsonObject;
  const paths = objectsOf(document);
  for (const path of paths) {
    const properties = at(document, 'components', 'schemas', ...path, 'properties') as Record<string, Json>;
    properties['added_later'] = { type: 'boolean', description: 'New.' };
  }
  const folder = mkdtempSync(join(tmpdir(), 'newer-'));
  try {
    const newer = join(folder, 'newer.yaml');
    writeFileSync(newer, JSON.stringify(document));
    const corrected = await read(newer, [delivery, corrections]);
    for (const path of paths) {
      const schema = path.reduce(
        (inside: Json, key) => follow(corrected, at(inside, key)),
        at(corrected, 'components', 'schemas'),
      );
      expect(at(follow(corrected, schema), 'properties'), path.join('.')).toHaveProperty('added_later');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(paths).toHaveLength(15);
});

test('payloads of one product share one schema for all that is alike', async () => {
  const document = await read(published, [corrections]);
  expect(payloadOf(document, 'freshdesk/ticket-created')).toBe(
    payloadOf(document, 'freshdesk/ticket-updated'),
  );
  const roots = at(document, 'components', 'schemas', 'FreshserviceTicketPayload', 'properties');
  expect(roots).toEqual({
    freshdesk_webhook: { $ref: '#/components/schemas/FreshserviceTicketFields' },
    freshservice_webhook: { $ref: '#/components/schemas/FreshserviceTicketFields' },
  });
});

/** Where schemas with properties stand in the components of a document, as keys below `components/schemas`. */
function objectsOf(document: JsonObject): readonly (readonly string[])[] {
  return componentsOf(document)
    .filter(({ schema }) => isObject(schema['properties']))
    .map(({ path }) => path);
}

/** Properties that say nothing about themselves and refer to nothing that does. */
function undescribed(document: JsonObject): readonly string[] {
  return componentsOf(document)
    .filter(({ path }) => path.at(-2)?.endsWith('roperties'))
    .filter(({ schema }) => !('description' in schema || '$ref' in schema))
    .map(({ path }) => path.join('.'));
}

function componentsOf(document: JsonObject): readonly Subschema[] {
  const schemas = at(document, 'components', 'schemas') as JsonObject;
  return Object.entries(schemas).flatMap(([name, schema]) => subschemas(schema, [name]));
}

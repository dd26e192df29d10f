import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { describe as describeDocuments } from '../../src/app/generate.js';
import { inferFromTemplates } from '../../src/app/infer-template.js';
import { emitPayloads } from '../../src/emit/payloads.js';
import { placeholderOf, placeholderTable } from '../../src/infer/placeholders.js';
import { shipped } from '../../src/shipped.js';
import { runIn } from '../cli/command.js';
import { faults } from '../emit/program.js';
import { folder } from '../load/folder.js';

vi.setConfig({ testTimeout: 240_000 });

type Read = readonly [field: string, type: string];

interface OwnTemplate {
  readonly event: string;
  readonly text: string;
  /** Every field that a handler reads, and what it gets. */
  readonly reads: readonly Read[];
}

const created = 'freshdesk/ticket-created';
const updated = 'freshdesk/ticket-updated';
const service = 'freshservice/ticket-created';

/** The shapes of templates that public receivers read. */
const templates: readonly OwnTemplate[] = [
  {
    event: created,
    text: `{ "ticket": { "id": "{{ticket.id}}", "subject": "{{ticket.subject}}",
      "agent": { "name": "{{ticket.agent.name}}", "email": "{{ticket.agent.email}}" },
      "contact": { "name": "{{ticket.contact.name}}", "email": "{{ticket.contact.email}}" } } }`,
    reads: [
      ['ticket?.id', 'string'],
      ['ticket?.subject', 'string'],
      ['ticket?.agent?.name', 'string'],
      ['ticket?.agent?.email', 'string'],
      ['ticket?.contact?.name', 'string'],
      ['ticket?.contact?.email', 'string'],
    ],
  },
  {
    event: created,
    text: `{ "ticket_id": {{ticket.id}}, "ticket_contact_email": "{{ticket.contact.email}}", "ticket_tags": "{{ticket.tags}}" }`,
    reads: [
      ['ticket_id', 'number | string'],
      ['ticket_contact_email', 'string'],
      ['ticket_tags', 'string'],
    ],
  },
  {
    event: updated,
    text: `{ "event": "reply", "ticket_id": "{{ticket.id}}", "text": "{{ticket.latest_public_comment}}" }`,
    reads: [
      ['event', 'string'],
      ['ticket_id', 'string'],
      ['text', 'string'],
    ],
  },
  { event: created, text: `{ "ticketId": "{{ticket.id}}" }`, reads: [['ticketId', 'string']] },
  {
    event: created,
    text: `{ "detail": { "ticket_id": "{{ticket.id}}" } }`,
    reads: [['detail?.ticket_id', 'string']],
  },
  {
    event: created,
    text: `{ "type": "ticket", "id": {{ticket.id}}, "status": "{{ticket.status}}", "priority": "{{ticket.priority}}" }`,
    reads: [
      ['type', 'string'],
      ['id', 'number | string'],
      ['status', 'string'],
      ['priority', 'string'],
    ],
  },
  {
    event: created,
    text: `{ "requester": { "email": "{{ticket.requester.email}}", "phone": "{{ticket.requester.phone}}" }, "is_new": true, "source_id": 7 }`,
    reads: [
      ['requester?.email', 'string'],
      ['requester?.phone', 'string'],
      ['is_new', 'boolean'],
      ['source_id', 'number'],
    ],
  },
  {
    event: created,
    text: `{ "ticket_id": "{{ticket.id}}", "plant": "{{ticket.cf_plant}}", "floor": {{ticket.cf_floor}} }`,
    reads: [
      ['ticket_id', 'string'],
      ['plant', 'string'],
      ['floor', 'number | string'],
    ],
  },
  {
    event: updated,
    text: `{ "fields": [ { "name": "subject", "value": "{{ticket.subject}}" }, { "name": "id", "value": "#{{ticket.id}} of {{helpdesk_name}}" } ] }`,
    reads: [
      ['fields?.[0]?.name', 'string'],
      ['fields?.[1]?.value', 'string'],
    ],
  },
  {
    event: service,
    text: `{ "ticket_id": "{{ticket.id_numeric}}" }`,
    reads: [['ticket_id', 'string']],
  },
  {
    event: service,
    text: `{ "reference": {{ticket.id_numeric}}, "rows": [ { "label": "Type", "value": "{{ticket.ticket_type}}" } ],
      "footer": "{{ticket.created_at_iso | date: "%d %b %Y"}}" }`,
    reads: [
      ['reference', 'number | string'],
      ['rows?.[0]?.label', 'string'],
      ['footer', 'string'],
    ],
  },
  {
    event: 'freshservice/ticket-updated',
    text: `{ "displayName": "{{ticket.ri_44_cf_full_name}}", "manager": "{{ticket.actual_requester.email}}", "ticket": "{{ticket.id}}" }`,
    reads: [
      ['displayName', 'string'],
      ['manager', 'string'],
      ['ticket', 'string'],
    ],
  },
  {
    event: created,
    text: `{ "freshdesk_webhook": { "ticket_id": "{{ticket.id}}", "ticket_note": "{{ticket.latest_private_comment}}" }, "secret": null }`,
    reads: [
      ['freshdesk_webhook?.ticket_id', 'number | string | null'],
      ['freshdesk_webhook?.ticket_note', 'string'],
    ],
  },
  {
    event: created,
    text: `{ "payload": { "object": { "kind": "ticket", "url": "{{ticket.url}}", "unknown": {{ticket.nobody_knows}} } } }`,
    reads: [
      ['payload?.object?.kind', 'string'],
      ['payload?.object?.url', 'string'],
      ['payload?.object?.unknown', 'boolean | number | string | null'],
    ],
  },
];

interface Made {
  readonly overlay: string;
  readonly types: string;
}

async function madeOf(some: readonly OwnTemplate[]): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const { event, text } of some) {
    const root = folder({ 'rule.json': text });
    const products = [event.split('/')[0] ?? ''];
    const options = { cwd: root, products };
    const overlay = join(root, 'own.yaml');
    const inferred = await inferFromTemplates([{ file: 'rule.json', event }], { options, overlay });
    writeFileSync(overlay, inferred.overlay ?? '');
    const { catalog, diagnostics } = await describeDocuments({ ...options, overlay: [overlay] });
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const [payloads] = await emitPayloads(catalog, '.js');
    made.push({ overlay: inferred.overlay ?? '', types: payloads?.code ?? '' });
  }
  return made;
}

test('a handler reads every field of fourteen templates without a cast', async () => {
  expect(templates).toHaveLength(14);
  const made = await madeOf(templates);
  const files = templates.flatMap(({ event, reads }, index): [string, string][] => {
    const type = event.startsWith('freshdesk') ? 'FreshdeskTicketPayload' : 'FreshserviceTicketPayload';
    const lines = reads.map(
      ([field, fieldType], at) =>
        `export const field${at} = (payload: ${type}): ${fieldType} | undefined => payload.${field};`,
    );
    return [
      [`own${index}/payloads.ts`, made[index]?.types ?? ''],
      [`own${index}/handler.ts`, `import type { ${type} } from './payloads.js';\n${lines.join('\n')}\n`],
    ];
  });
  expect(faults(new Map(files))).toEqual([]);
});

test('an overlay says which template it is from, and what each field stands for', async () => {
  const [made] = await madeOf(templates.slice(1, 2));
  expect(made?.overlay).toMatchSnapshot();
});

describe('the command', () => {
  test('warns of placeholders without quotes, at their places, and prints the template mended', async () => {
    const root = folder({ 'rule.json': '{\n  "id": {{ticket.id}},\n  "note": "{{ticket.nothing}}"\n}\n' });
    const args = ['--template', 'rule.json', '--event', created, '--overlay', 'own.yaml'];
    const { exitCode, stdout, stderr } = await runIn(root, ['infer', ...args]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('{\n  "id": "{{ticket.id}}",\n  "note": "{{ticket.nothing}}"\n}\n');
    expect(stderr).toContain(
      'warning template-unquoted: {{ticket.id}} stands without quotes\n  at rule.json:2:9',
    );
    expect(stderr).toContain('warning template-placeholder-unknown: {{ticket.nothing}}');
    const once = readFileSync(join(root, 'own.yaml'), 'utf8');
    await runIn(root, ['infer', ...args]);
    expect(readFileSync(join(root, 'own.yaml'), 'utf8')).toBe(once);
  });

  test('tells two rules apart that share a URL, by the field in which they differ', async () => {
    const rule = (event: string) => `{ "event": "${event}", "ticket_id": "{{ticket.id}}", "kind": "x" }`;
    const root = folder({ 'created.json': rule('created'), 'updated.json': rule('updated') });
    const args = [
      '--template',
      'created.json',
      '--event',
      created,
      '--template',
      'updated.json',
      '--event',
      updated,
    ];
    const { exitCode, stderr } = await runIn(root, ['infer', ...args, '--overlay', 'own.yaml']);
    expect(exitCode, stderr).toBe(0);
    const listed = await runIn(root, ['list', '--overlay', 'own.yaml', '--json']);
    const { events } = JSON.parse(listed.stdout) as { events: { name: string; discriminator?: unknown }[] };
    expect(events.find(({ name }) => name === created)?.discriminator).toEqual({
      path: ['event'],
      value: 'created',
    });
    expect(events.find(({ name }) => name === updated)?.discriminator).toEqual({
      path: ['event'],
      value: 'updated',
    });
  });

  test.each([
    ['{ "a": }', 'rule.json:1:8'],
    ['{ "a": 1', 'rule.json:1:9'],
    ['{ "{{ticket.id}}": 1 }', 'rule.json:1:18'],
    ['{ "a": {% if x %} }', 'rule.json:1:9'],
  ])('%s is no template', async (text, at) => {
    const root = folder({ 'rule.json': text });
    const { exitCode, stderr } = await runIn(root, [
      'infer',
      '--template',
      'rule.json',
      '--event',
      created,
      '--overlay',
      'o.yaml',
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('template-invalid');
    expect(stderr).toContain(`at ${at}`);
  });

  test('asks for an event with each template', async () => {
    const root = folder({ 'rule.json': '{}' });
    const { exitCode, stderr } = await runIn(root, [
      'infer',
      '--template',
      'rule.json',
      '--overlay',
      'o.yaml',
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('template-event-missing');
  });
});

test('every placeholder of the table says where it is known from, and how well', () => {
  const { sources: known, placeholders: table } = placeholderTable(
    readFileSync(shipped('freshworks.placeholders.yaml'), 'utf8'),
  );
  const gradeOf = (sources: readonly string[]) => {
    if (sources.includes('help')) return 'V';
    if (sources.includes('simple')) return 'judgement';
    return sources.length > 1 ? 'R' : '1';
  };
  for (const entry of table) {
    const { name, grade, gives, products, description, sources } = entry;
    expect(Object.keys(entry)).toEqual(['name', 'products', 'gives', 'sources', 'grade', 'description']);
    expect(gradeOf(sources), name).toBe(grade);
    expect(['number', 'text', 'list']).toContain(gives);
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(new Set(sources).size, name).toBe(sources.length);
    // What one product shows says nothing of the other.
    for (const each of sources)
      expect(known[each]?.products, `${name} of ${each}`).toEqual(expect.arrayContaining([...products]));
    expect(products.length * sources.length).toBeGreaterThan(0);
  }
  const keys = table.flatMap(({ name, products }) => products.map((product) => `${product} ${name}`));
  expect(new Set(keys).size).toBe(keys.length);
  const { description } = placeholderOf(table, 'ticket.created_at_iso', 'freshservice') ?? {};
  expect(description).toBe('When the ticket was created, in ISO 8601.');
  expect(placeholderOf(table, 'ticket.cf_plant', 'freshdesk')?.gives).toBe('text');
  expect(placeholderOf(table, 'ticket.ri_44_cf_name', 'freshservice')?.gives).toBe('text');
  expect(placeholderOf(table, 'ticket.id', 'freshservice')?.gives).toBe('text');
  expect(placeholderOf(table, 'ticket.id_numeric', 'freshdesk')).toBeUndefined();
});

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { at, validator } from '../specs/payload-schema.js';
import { corrections, delivery, published, read } from '../specs/shipped.js';
import { runs } from '../sample.js';
import { instances } from './instances.js';

/*
 * The law of the corrections: an instance built from the published document's properties that the published schema
 * accepts, the corrected one accepts too. Narrowing by an event's own discriminator comes later and is not part of it.
 */

const payloads = [
  'FreshdeskTicketPayload',
  'FreshserviceTicketPayload',
  'FreshchatMessagePayload',
  'FreshchatConversationPayload',
];

let before: JsonObject;
let after: JsonObject;

beforeAll(async () => {
  before = await read(published);
  after = await read(published, [delivery, corrections]);
});

test.each(payloads)('%s is only widened', (payload) => {
  fc.assert(widening(payload, after), { numRuns: runs(300, 2_000) });
});

test.each(payloads)('%s may still be empty', (payload) => {
  expect(validator(after, reference(payload))({})).toBe(true);
});

test.each(payloads)('most instances of %s are ones that the published schema accepts', (payload) => {
  const accepts = validator(before, reference(payload));
  const drawn = fc.sample(instances(before, schemaOf(before, payload)), { numRuns: 500 });
  const accepted = drawn.filter((instance) => accepts(instance));
  expect(accepted.length).toBeGreaterThan(200);
  expect(
    accepted.filter((instance) => Object.keys(instance as JsonObject).length > 0).length,
  ).toBeGreaterThan(100);
});

test.each<{ narrowed: string; payload: string; by: (schemas: Schemas) => void }>([
  {
    narrowed: 'an id that must be text',
    payload: 'FreshdeskTicketPayload',
    by: ({ FreshdeskTicketFields: fields }) => (property(fields, 'ticket_id')['type'] = 'string'),
  },
  {
    narrowed: 'a label that must be a code',
    payload: 'FreshserviceTicketPayload',
    by: ({ FreshserviceTicketFields: fields }) => (property(fields, 'ticket_status')['type'] = 'integer'),
  },
  {
    narrowed: 'a field that must be there',
    payload: 'FreshchatMessagePayload',
    by: ({ FreshchatActor: actor }) => ((actor as Record<string, Json>)['required'] = ['actor_id']),
  },
  {
    narrowed: 'a closed list of states',
    payload: 'FreshchatConversationPayload',
    by: ({ FreshchatConversation: conversation }) => {
      const status = property(conversation, 'status');
      status['x-open-enum'] = false;
      status['enum'] = ['new', 'assigned', 'resolved'];
    },
  },
  {
    narrowed: 'a pattern over declared names',
    payload: 'FreshserviceTicketPayload',
    by: ({ FreshserviceTicketFields: fields }) =>
      ((fields as Record<string, Json>)['patternProperties'] = { '^ticket_c': { type: 'number' } }),
  },
  {
    narrowed: 'parts without anything unknown',
    payload: 'FreshchatMessagePayload',
    by: ({ FreshchatMessagePart: part }) => {
      (part as Record<string, Json>)['properties'] = {};
      (part as Record<string, Json>)['additionalProperties'] = false;
    },
  },
])('the law notices $narrowed', ({ payload, by }) => {
  const broken = structuredClone(after) as JsonObject;
  by(at(broken, 'components', 'schemas') as unknown as Schemas);
  const outcome = fc.check(widening(payload, broken), { numRuns: 2_000 });
  expect(outcome.counterexample).not.toBeNull();

  // What the search shrank to is a real breach: the published schema takes it, the broken one alone does not.
  const [instance] = outcome.counterexample as [Json];
  expect(validator(before, reference(payload))(instance)).toBe(true);
  expect(validator(broken, reference(payload))(instance)).toBe(false);
  expect(validator(after, reference(payload))(instance)).toBe(true);
});

function widening(payload: string, corrected: JsonObject): fc.IProperty<[Json]> {
  const acceptedBefore = validator(before, reference(payload));
  const acceptedAfter = validator(corrected, reference(payload));
  return fc.property(instances(before, schemaOf(before, payload)), (instance) => {
    fc.pre(acceptedBefore(instance) as boolean);
    return acceptedAfter(instance) as boolean;
  });
}

function reference(payload: string): string {
  return `#/components/schemas/${payload}`;
}

function schemaOf(document: JsonObject, payload: string): Json {
  return at(document, 'components', 'schemas', payload);
}

interface Schemas {
  readonly FreshdeskTicketFields: JsonObject;
  readonly FreshserviceTicketFields: JsonObject;
  readonly FreshchatActor: JsonObject;
  readonly FreshchatConversation: JsonObject;
  readonly FreshchatMessagePart: JsonObject;
}

function property(schema: JsonObject, name: string): Record<string, Json> {
  return at(schema, 'properties', name) as Record<string, Json>;
}

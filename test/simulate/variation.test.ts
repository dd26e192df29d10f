import { expect, test } from 'vitest';
import type { Event } from '../../src/model/catalog.js';
import type { Json } from '../../src/model/json.js';
import { random } from '../../src/simulate/random.js';
import { variationOf } from '../../src/simulate/variation.js';

const event = { name: 'a/b', product: 'a', deliveryKey: ['$message.payload#/key'] } as unknown as Event;
const sample = { key: 'k-1', ticket_id: 5, subject: 'A subject' };
type Payload = typeof sample;

const variant = (number: number) => ({ id: `sim-x-${number}`, number, ticket: number });
const vary = (isValid: (payload: Payload) => boolean, count: number) =>
  variationOf(
    {
      sample: () => sample,
      check: (_, payload) => (isValid(payload as Payload) ? [] : [{ message: 'no', path: [] }]),
    },
    event,
    [variant(1), variant(count)],
  );
const all = (count: number, varied: ReturnType<typeof vary>): readonly Json[] =>
  Array.from({ length: count }, (_, at) => varied({ ...variant(at + 1), random: random(String(at)) }));

test.each<[string, (payload: Payload) => boolean, keyof Payload]>([
  ['the last key', ({ key }) => key.length <= 4, 'key'],
  ['the last ticket', ({ ticket_id }) => ticket_id <= 1000, 'ticket_id'],
  ['the longest phrase', ({ subject }) => subject.length <= 40, 'subject'],
  ['the last id', ({ subject }) => !subject.includes('1000]'), 'subject'],
  ['one of the phrases', ({ subject }) => !subject.includes('"'), 'subject'],
])('what the schema would refuse of one delivery stays as it is in all: %s', (_, isValid, stays) => {
  const payloads = all(1000, vary(isValid, 1000)) as readonly Payload[];
  expect(payloads.filter((each) => !isValid(each))).toEqual([]);
  expect(new Set(payloads.map((each) => each[stays]))).toEqual(new Set([sample[stays]]));
  for (const other of (['key', 'ticket_id', 'subject'] as const).filter((name) => name !== stays))
    expect(new Set(payloads.map((each) => each[other])).size).toBe(1000);
});

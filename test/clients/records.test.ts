import { expect, expectTypeOf, test } from 'vitest';
import { ApiError } from '../../templates/runtime/clients/api-error.js';
import { checked, fieldsOf, type Kind, type RecordOf } from '../../templates/runtime/clients/records.js';

const where = { product: 'shop', method: 'GET', path: '/tickets/1', status: 200, requestId: undefined };

const ticket = {
  /** Unique in the account. */
  id: 'number!',
  subject: 'string',
  isOpen: 'boolean',
  tags: ['string'],
  custom_fields: 'object',
  requester: { name: 'string!', emails: ['string'] },
  anything: 'unknown',
} as const;

type Ticket = RecordOf<typeof ticket>;

test('the type of a record is that of its table, and no other field compiles', () => {
  expectTypeOf<Ticket['id']>().toEqualTypeOf<number>();
  expectTypeOf<Ticket['subject']>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<Ticket['tags']>().toEqualTypeOf<readonly string[] | null | undefined>();
  expectTypeOf<NonNullable<Ticket['requester']>['name']>().toEqualTypeOf<string>();
  const found = checked(ticket, { value: { id: 1, extra: 'more' }, where });
  expectTypeOf(found).toEqualTypeOf<Ticket>();
  // @ts-expect-error -- no such field
  expect(found.subjct).toBeUndefined();
  expect(fieldsOf(found)['extra']).toBe('more');
});

/** What is wrong, if anything, and where. */
test.each<[kind: Kind, value: unknown, member: string | undefined, wrong: string | undefined]>([
  [ticket, { id: 1 }, undefined, undefined],
  [ticket, { id: 1, subject: null, tags: null, requester: null, isOpen: null }, undefined, undefined],
  [
    ticket,
    { id: 1, tags: ['a'], requester: { name: 'A', emails: [] }, anything: [], other: {} },
    undefined,
    undefined,
  ],
  [ticket, {}, undefined, 'no number at /id'],
  [ticket, { id: null }, undefined, 'no number at /id'],
  [ticket, { id: '1' }, undefined, 'no number at /id'],
  [ticket, JSON.parse('{"__proto__":{"id":1}}'), undefined, 'no number at /id'],
  [ticket, { id: 1, subject: 7 }, undefined, 'no string at /subject'],
  [ticket, { id: 1, isOpen: 'yes' }, undefined, 'no boolean at /isOpen'],
  [ticket, { id: 1, tags: 'a' }, undefined, 'no array at /tags'],
  [ticket, { id: 1, tags: ['a', null] }, undefined, 'no string at /tags/1'],
  [ticket, { id: 1, custom_fields: [] }, undefined, 'no object at /custom_fields'],
  [ticket, { id: 1, requester: {} }, undefined, 'no string at /requester/name'],
  [ticket, undefined, undefined, 'no object at its root'],
  [ticket, null, undefined, 'no object at its root'],
  [ticket, [], undefined, 'no object at its root'],
  [[ticket], [{ id: 1 }, { id: 2 }], undefined, undefined],
  [[ticket], [{ id: 1 }, {}], undefined, 'no number at /1/id'],
  [[ticket], { id: 1 }, undefined, 'no array at its root'],
  [ticket, { ticket: { id: 1 } }, 'ticket', undefined],
  [ticket, { ticket: {} }, 'ticket', 'no number at /ticket/id'],
  [ticket, {}, 'ticket', 'no object at /ticket'],
  [[ticket], { tickets: [{}] }, 'tickets', 'no number at /tickets/0/id'],
  [ticket, [], 'ticket', 'no object at its root'],
  [ticket, {}, 'constructor', 'no object at /constructor'],
  ['unknown!', undefined, undefined, 'no unknown at its root'],
])('%o of %j, %s: %s', (kind, value, member, wrong) => {
  const check = () => checked(kind, { value, where }, member);
  if (wrong === undefined)
    return expect(check()).toBe(member ? (value as Record<string, unknown>)[member] : value);
  expect(check).toThrow(new ApiError(`the answer has ${wrong}`, where));
});

test('what is wrong is named without its value', () => {
  const value = { id: 'a@example.com' };
  expect(() => checked(ticket, { value, where })).toThrow(
    /^shop: GET \/tickets\/1: the answer has no number at \/id$/,
  );
});

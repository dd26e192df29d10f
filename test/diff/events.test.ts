import { describe, expect, test } from 'vitest';
import type { Contract, PromisedEvent } from '../../src/model/contract.js';
import type { Authentication } from '../../src/model/catalog.js';
import { compare } from '../../src/diff/compare.js';

/** A contract of one event, with what a test says of it. */
function contract(event: Partial<PromisedEvent>, authentication: readonly Authentication[] = []): Contract {
  const own: PromisedEvent = {
    name: 'shop/paid',
    product: 'shop',
    handler: 'onPaid',
    payload: 'Paid',
    deliveryKey: [],
    contentTypes: [],
    ...event,
  };
  return {
    products: [{ name: 'shop', authentication: authentication.map((way) => [way]) }],
    events: [own],
    types: [{ name: 'Paid', module: 'shop', root: true, nested: false, schema: { type: 'object' } }],
  };
}

const told = (before: Contract, after: Contract) => compare(before, after).map(({ rule }) => rule);
const at = (...path: readonly string[]) => ({ discriminator: { path, value: 'paid' } });
const key = (...deliveryKey: readonly string[]) => ({ deliveryKey });
const types = (...contentTypes: readonly string[]) => ({ contentTypes });
const signed = (header: string): Authentication => ({ kind: 'signature', header, algorithm: 'hmac-sha256' });

describe('what means the same is no change', () => {
  test.each<[string, Contract, Contract]>([
    ['the case of a media type', contract(types('Text/XML')), contract(types('text/xml'))],
    ['the order of media types', contract(types('a/b', 'c/d')), contract(types('c/d', 'a/b'))],
    ['a media type twice', contract(types('a/b', 'A/B')), contract(types('a/b'))],
    ['JSON, which is always taken', contract(types('application/json', 'a/b+JSON')), contract({})],
    [
      'the case of a header in the delivery key',
      contract(key('$message.header#/X-Id', '$message.payload#/id')),
      contract(key('$message.header#/x-id', '$message.payload#/id')),
    ],
    [
      'the case of a header that authenticates',
      contract({}, [{ kind: 'header', header: 'X-Token' }]),
      contract({}, [{ kind: 'header', header: 'x-token' }]),
    ],
    [
      'the case of a header with a signature',
      contract({}, [signed('X-Sig')]),
      contract({}, [signed('x-sig')]),
    ],
    [
      'the order of ways to authenticate',
      contract({}, [{ kind: 'basic' }, { kind: 'bearer' }]),
      contract({}, [{ kind: 'bearer' }, { kind: 'basic' }]),
    ],
  ])('%s', (_, one, other) => {
    expect([told(one, other), told(other, one)]).toEqual([[], []]);
  });
});

describe('what means something else is told', () => {
  test.each<[string, Contract, Contract, string]>([
    ['a slash in a step is no step', contract(at('a/b')), contract(at('a', 'b')), 'discriminator-changed'],
    ['a tilde in a step is no escape', contract(at('a~1b')), contract(at('a/b')), 'discriminator-changed'],
    [
      'a slash in a step of the delivery key',
      contract(key('$message.payload#/a~1b')),
      contract(key('$message.payload#/a/b')),
      'delivery-key-changed',
    ],
    [
      'the case of a field in the delivery key',
      contract(key('$message.payload#/Id')),
      contract(key('$message.payload#/id')),
      'delivery-key-changed',
    ],
    [
      'the order of a delivery key',
      contract(key('$message.payload#/a', '$message.payload#/b')),
      contract(key('$message.payload#/b', '$message.payload#/a')),
      'delivery-key-changed',
    ],
    [
      'the case of the word',
      contract(at('a')),
      contract({ discriminator: { path: ['a'], value: 'Paid' } }),
      'discriminator-changed',
    ],
  ])('%s', (_, before, after, rule) => {
    expect(told(before, after)).toEqual([rule]);
    const [change] = compare(before, after);
    const [is, was] = change!.message.split('; it was ');
    expect(is).not.toContain(String(was).replace(/\.$/, ''));
  });
});

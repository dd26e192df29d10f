import { describe, expect, test } from 'vitest';
import { isOrderPayload, isReviewPayload } from '../../templates/validators/index.js';
import { checkMembers, found, isObject, membersOf } from '../../templates/validators/runtime.js';

const members = membersOf(
  [
    [['name', 'title'], ['string']],
    [['count'], ['integer', 'null']],
    [['rate'], ['number']],
    [['a/b~c'], ['boolean']],
  ],
  [
    [
      ['cf_', 'x_'],
      ['string', 'null'],
    ],
    [['cf_n'], ['null']],
  ],
);

function said(value: object, instancePath = ''): readonly string[] {
  const findings = checkMembers(value as Record<string, unknown>, members, instancePath, null) ?? [];
  return findings.map((each) => `${each.instancePath} ${each.message}`);
}

describe('checkMembers', () => {
  test.each([
    [{}, []],
    [{ name: 'a', title: 'b', count: 1, rate: 1.5, 'a/b~c': true, cf_a: 'a', x_a: null }, []],
    [{ count: null, other: [5] }, []],
    [{ name: 1 }, ['/name must be string']],
    [{ title: null }, ['/title must be string']],
    [{ name: undefined }, []],
    [{ count: 1.5 }, ['/count must be integer,null']],
    [{ count: '1' }, ['/count must be integer,null']],
    [{ rate: 'x' }, ['/rate must be number']],
    [{ rate: null }, ['/rate must be number']],
    [{ 'a/b~c': 1 }, ['/a~1b~0c must be boolean']],
    [{ cf_a: 1 }, ['/cf_a must be string,null']],
    [{ x_a: 1, acf_: 1 }, ['/x_a must be string,null']],
    [{ cf_n: 'a' }, ['/cf_n must be null']],
    [{ cf_n: 1 }, ['/cf_n must be string,null', '/cf_n must be null']],
    [{ name: 1, title: 2 }, ['/name must be string', '/title must be string']],
    [Object.create({ name: 1, cf_a: 1 }) as object, []],
  ])('%j: %j', (value, expected) => {
    expect(said(value)).toEqual(expected);
  });

  test('says where the object is', () => {
    expect(said({ name: 1 }, '/data/0')).toEqual(['/data/0/name must be string']);
  });

  test('adds to what was found before, and leaves it where all is well', () => {
    const before = [{ instancePath: '', message: 'must be x' }];
    expect(checkMembers({ name: 'a' }, members, '', before)).toBe(before);
    expect(checkMembers({ name: 1 }, members, '', before)).toBe(before);
    expect(before).toHaveLength(2);
    expect(checkMembers({ name: 'a' }, members, '', null)).toBeNull();
  });
});

test('the first finding makes the list, the next ones are added to it', () => {
  const list = found(null, '/a', 'must be x');
  expect(found(list, '/b', 'must be y')).toBe(list);
  expect(list).toEqual([
    { instancePath: '/a', message: 'must be x' },
    { instancePath: '/b', message: 'must be y' },
  ]);
});

test.each([
  [{}, true],
  [Object.create(null), true],
  [null, false],
  [[], false],
  ['text', false],
  [undefined, false],
])('%j is an object: %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});

test('a guard says what its validator says', () => {
  expect([isOrderPayload({ total: 5 }), isOrderPayload({ total: 'five' }), isOrderPayload(null)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([isReviewPayload({}), isReviewPayload([])]).toEqual([true, false]);
});

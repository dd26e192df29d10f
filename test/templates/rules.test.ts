import { describe, expect, test } from 'vitest';
import { isOrderPayload, isReviewPayload } from '../../templates/validators/index.js';
import { check, rule, validator } from '../../templates/validators/rules.js';
import { found, isDate, isObject } from '../../templates/validators/runtime.js';

type Source = Parameters<typeof rule>[0];

function said(source: Source, value: unknown, path = ''): readonly string[] {
  return (check(rule(source), value, path, null) ?? []).map((each) => `${each.instancePath} ${each.message}`);
}

describe('types', () => {
  const values = ['text', 1, 1.5, true, null, [], {}];
  test.each([
    ['string', ['text']],
    ['integer', [1]],
    ['number', [1, 1.5]],
    ['boolean', [true]],
    ['null', [null]],
    ['array', [[]]],
    ['object', [{}]],
  ])('%s', (type, accepted) => {
    expect(values.filter((value) => said([type], value).length === 0)).toEqual(accepted);
    expect(said([type], undefined)).toEqual([` must be ${type}`]);
  });

  test('several are named together', () => {
    expect(said(['string', 'null'], 5, '/a')).toEqual(['/a must be string,null']);
    expect(said(['string', 'null'], null)).toEqual([]);
  });

  test('none means any', () => {
    expect([...values, undefined].flatMap((value) => said({}, value))).toEqual([]);
  });
});

describe('values', () => {
  test.each<[Source, unknown, readonly string[]]>([
    [{ enum: ['a', 1, null] }, 'a', []],
    [{ enum: ['a', 1, null] }, null, []],
    [{ enum: ['a', 1, null] }, '1', [' must be equal to one of the allowed values']],
    [
      { type: ['string'], enum: ['a'] },
      1,
      [' must be string', ' must be equal to one of the allowed values'],
    ],
    [{ const: 'a' }, 'a', []],
    [{ const: null }, null, []],
    [{ const: null }, 'a', [' must be equal to constant']],
    [{ const: false }, 0, [' must be equal to constant']],
    [{ format: ['date', isDate] }, '2026-01-02', []],
    [{ format: ['date', isDate] }, 'today', [' must match format "date"']],
    [{ format: ['date', isDate] }, 5, []],
    [{ orNull: { enum: ['a'] } }, null, []],
    [{ orNull: { enum: ['a'] } }, 'a', []],
    [{ orNull: { enum: ['a'] } }, 'b', [' must be equal to one of the allowed values']],
  ])('%j takes %j: %j', (source, value, expected) => {
    expect(said(source, value)).toEqual(expected);
  });
});

describe('items', () => {
  const list = { type: ['array'], items: ['string'] };
  test.each<[unknown, readonly string[]]>([
    [[], []],
    [['a', 'b'], []],
    [
      ['a', 1, 'b', null],
      ['/tags/1 must be string', '/tags/3 must be string'],
    ],
    [{ 0: 1 }, ['/tags must be array']],
  ])('of %j: %j', (value, expected) => {
    expect(said(list, value, '/tags')).toEqual(expected);
  });
});

describe('members', () => {
  const source: Source = {
    members: [
      [['name', 'title'], ['string']],
      [['count'], ['integer', 'null']],
      [['a/b~c'], ['boolean']],
      [['inner'], { type: ['object'], members: [[['id'], ['integer'], true]] }],
    ],
    prefixes: [
      [
        ['cf_', 'x_'],
        ['string', 'null'],
      ],
      [['cf_n'], ['null']],
    ],
  };

  test.each<[object, readonly string[]]>([
    [{}, []],
    [{ name: 'a', title: 'b', count: 1, 'a/b~c': true, cf_a: 'a', x_a: null }, []],
    [{ count: null, other: 5 }, []],
    [{ name: 1 }, ['/name must be string']],
    [{ title: null }, ['/title must be string']],
    [{ name: undefined }, []],
    [{ count: 1.5 }, ['/count must be integer,null']],
    [{ 'a/b~c': 1 }, ['/a~1b~0c must be boolean']],
    [{ inner: { id: 'a' } }, ['/inner/id must be integer']],
    [{ inner: {} }, ["/inner must have required property 'id'"]],
    [{ inner: [] }, ['/inner must be object']],
    [{ cf_a: 1 }, ['/cf_a must be string,null']],
    [{ x_a: 1, acf_: 1 }, ['/x_a must be string,null']],
    [{ 'cf_/': 1 }, ['/cf_~1 must be string,null']],
    [{ cf_n: 'a' }, ['/cf_n must be null']],
    [{ cf_n: 1 }, ['/cf_n must be string,null', '/cf_n must be null']],
    [{ name: 1, title: 2 }, ['/name must be string', '/title must be string']],
    [Object.create({ name: 1, cf_a: 1, inner: 1 }) as object, []],
  ])('%j: %j', (value, expected) => {
    expect(said(source, value)).toEqual(expected);
  });

  test('say nothing of what is no object', () => {
    expect([null, [], 'text', 5].flatMap((value) => said(source, value))).toEqual([]);
  });

  test.each<[object, readonly string[]]>([
    [{ id: 1 }, []],
    [{}, [" must have required property 'id'"]],
    [{ id: undefined }, [" must have required property 'id'"]],
    [Object.create({ id: 1 }) as object, [" must have required property 'id'"]],
  ])('that are required: %j: %j', (value, expected) => {
    expect(said({ members: [[['id'], {}, true]] }, value)).toEqual(expected);
  });

  test('that every object inherits are required of the object itself', () => {
    const constructor: Source = { members: [[['constructor'], {}, true]] };
    expect(said(constructor, {})).toEqual([" must have required property 'constructor'"]);
    expect(said(constructor, { constructor: 1 })).toEqual([]);
  });

  test('there may be no others', () => {
    const closed: Source = {
      members: [[['id'], ['integer']]],
      prefixes: [[['x_'], ['string']]],
      others: false,
    };
    expect(said(closed, { id: 1, x_a: 'a' })).toEqual([]);
    expect(said(closed, { id: 1, more: 1 }, '/a')).toEqual(['/a must NOT have additional properties']);
    expect(said(closed, Object.create({ more: 1 }) as object)).toEqual([]);
  });

  test('others may have a rule of their own', () => {
    const map: Source = {
      members: [[['id'], ['integer']]],
      prefixes: [[['x_'], ['string']]],
      others: ['boolean'],
    };
    expect(said(map, { id: 1, x_a: 'a', 'b/c': true })).toEqual([]);
    expect(said(map, { 'b/c': 1, d: 'e' })).toEqual(['/b~1c must be boolean', '/d must be boolean']);
  });
});

describe('a tag', () => {
  const union: Source = {
    type: ['object'],
    tag: [
      'kind',
      [
        [['a', 'A'], { members: [[['size'], ['integer'], true]] }],
        [['b'], { members: [[['name'], ['string'], true]] }],
      ],
    ],
  };
  test.each<[unknown, readonly string[]]>([
    [{ kind: 'a', size: 1 }, []],
    [{ kind: 'A', size: 1 }, []],
    [{ kind: 'b', name: 'x' }, []],
    [{ kind: 'A', name: 'x' }, ["/u must have required property 'size'"]],
    [{ kind: 'b', name: 1 }, ['/u/name must be string']],
    [{ kind: 'c' }, ['/u value of tag "kind" must be in oneOf']],
    [{ kind: 5 }, ['/u tag "kind" must be string']],
    [{}, ['/u tag "kind" must be string']],
    [Object.create({ kind: 'b', name: 'x' }), ['/u tag "kind" must be string']],
    [null, ['/u must be object']],
  ])('of %j: %j', (value, expected) => {
    expect(said(union, value, '/u')).toEqual(expected);
  });
});

describe('a rule', () => {
  test('that is made already is the rule', () => {
    const made = rule(['string']);
    expect(rule(made)).toBe(made);
  });

  test('may need itself', () => {
    const tree: ReturnType<typeof rule> = rule({
      members: [
        [['next'], () => tree],
        [['id'], ['integer']],
      ],
    });
    expect(said(tree, { next: { next: { id: 1 } } })).toEqual([]);
    expect(said(tree, { next: { next: { id: 'a' } } })).toEqual(['/next/next/id must be integer']);
  });

  test('leaves what no table says to a function, and adds its findings', () => {
    const part = Object.assign(
      (value: unknown, instancePath: string) => {
        part.errors = value === 'bad' ? [{ instancePath, message: 'is bad' }] : null;
        return part.errors === null;
      },
      { errors: null as { instancePath: string; message: string }[] | null },
    );
    expect(said({ part }, 'good')).toEqual([]);
    expect(said({ part }, 'bad', '/a')).toEqual(['/a is bad']);
    expect(said({ type: ['integer'], part }, 'bad', '/a')).toEqual(['/a must be integer', '/a is bad']);
  });

  test('adds to what was found before, and leaves it where all is well', () => {
    const before = [{ instancePath: '', message: 'must be x' }];
    expect(check(rule(['string']), 'a', '', before)).toBe(before);
    expect(before).toHaveLength(1);
    expect(check(rule(['string']), 1, '', before)).toHaveLength(2);
    expect(check(rule(['string']), 'a', '', null)).toBeNull();
  });

  test('makes a validator that leaves its findings behind', () => {
    const validate = validator(rule(['string']));
    expect([validate(5), validate.errors]).toEqual([
      false,
      [{ instancePath: '', message: 'must be string' }],
    ]);
    expect([validate('a'), validate.errors]).toEqual([true, null]);
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

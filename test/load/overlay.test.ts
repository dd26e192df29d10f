import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../src/model/json.js';
import { createSource } from '../../src/diagnostics/source.js';
import { checkOverlay } from '../../src/load/overlay-file.js';
import { applyOverlay } from '../../src/load/overlay.js';
import { readTree } from '../../src/load/syntax.js';
import type { TreeObject } from '../../src/load/tree.js';
import { brief, folder, loadIn, type Outcome } from './folder.js';

const header = 'overlay: 1.1.0\ninfo: {title: Test, version: "1"}\n';

/** Applies actions, written as YAML from line 4 on, to a document. */
async function apply(document: string, actions: string, head = header): Promise<Outcome> {
  const root = folder({ 'api.yaml': document, 'o.yaml': `${head}actions:\n${actions}` });
  return loadIn(root, ['api.yaml'], { overlays: [{ path: `${root}/o.yaml`, shipped: false }] });
}

const applied: readonly (readonly [
  name: string,
  document: string,
  actions: string,
  result: Json,
  changes: number,
])[] = [
  ['adds a member', '{a: {b: 1}}', '- {target: $.a, update: {c: 2}}', { a: { b: 1, c: 2 } }, 1],
  ['replaces a primitive', '{a: {b: 1}}', '- {target: $.a, update: {b: 2}}', { a: { b: 2 } }, 1],
  [
    'merges objects recursively',
    '{a: {b: {c: 1}}}',
    '- {target: $, update: {a: {b: {d: 2}, e: 3}}}',
    { a: { b: { c: 1, d: 2 }, e: 3 } },
    2,
  ],
  [
    'replaces an array inside an update',
    '{a: {b: [1, 2]}}',
    '- {target: $.a, update: {b: [3]}}',
    { a: { b: [3] } },
    1,
  ],
  [
    'replaces a primitive by an array',
    '{type: integer}',
    '- {target: $, update: {type: [integer, string]}}',
    { type: ['integer', 'string'] },
    1,
  ],
  ['replaces an empty array by an empty object', '{a: []}', '- {target: $, update: {a: {}}}', { a: {} }, 1],
  ['replaces an object by null', '{a: {b: 1}}', '- {target: $, update: {a: null}}', { a: null }, 1],
  [
    'counts nothing where all is so already',
    '{a: {b: [1, {c: 2}]}}',
    '- {target: $, update: {a: {b: [1, {c: 2}]}}}',
    { a: { b: [1, { c: 2 }] } },
    0,
  ],
  [
    'adds the items of an array to an array',
    '{a: [1]}',
    '- {target: $.a, update: [2, [3]]}',
    { a: [1, 2, [3]] },
    2,
  ],
  ['adds an object to an array', '{a: [1]}', '- {target: $.a, update: {b: 1}}', { a: [1, { b: 1 }] }, 1],
  [
    'updates a primitive that is the target',
    '{a: {b: 1}}',
    '- {target: $.a.b, update: two}',
    { a: { b: 'two' } },
    1,
  ],
  ['updates items', '{a: [1, 2]}', '- {target: "$.a[1]", update: 3}', { a: [1, 3] }, 1],
  [
    'updates many, each with its own copy',
    '{a: {x: {}}, b: {x: {}}}',
    '- {target: $..x, update: {y: {}}}\n- {target: $.a.x.y, update: {z: 1}}',
    { a: { x: { y: { z: 1 } } }, b: { x: { y: {} } } },
    3,
  ],
  ['updates each match once', '{a: [1]}', `- {target: "$['a','a']", update: 2}`, { a: [1, 2] }, 1],
  ['removes a member', '{a: 1, b: 2}', '- {target: $.a, remove: true}', { b: 2 }, 1],
  [
    'removes primitives and items',
    '{a: [x, y, x, {z: 1}]}',
    `- {target: "$.a[?@ == 'x']", remove: true}`,
    { a: ['y', { z: 1 }] },
    2,
  ],
  [
    'removes what is within what it removes',
    '{a: {b: {c: 1}}, d: 1}',
    '- {target: "$..[?@.b || @.c]", remove: true}',
    { d: 1 },
    2,
  ],
  ['removes rather than updates', '{a: 1, b: 2}', '- {target: $.a, remove: true, update: 5}', { b: 2 }, 1],
  [
    'applies one action after the other',
    '{a: {}}',
    '- {target: $, update: {b: {}}}\n- {target: $.b, update: {c: 1}}\n- {target: $.a, remove: true}',
    { b: { c: 1 } },
    3,
  ],
  ['copies', '{a: {x: 1}, b: {y: 2}}', '- {target: $.b, copy: $.a}', { a: { x: 1 }, b: { y: 2, x: 1 } }, 1],
  [
    'copies a value into itself as it was',
    '{a: {b: {c: 1}}}',
    '- {target: $.a.b, copy: $}',
    { a: { b: { c: 1, a: { b: { c: 1 } } } } },
    1,
  ],
  ['copies a primitive', '{a: 1, b: 2}', '- {target: $.b, copy: $.a}', { a: 1, b: 1 }, 1],
  [
    'filters',
    '{m: {a: {t: x}, b: {t: y}}}',
    `- {target: "$.m[?@.t == 'y']", update: {u: 1}}`,
    { m: { a: { t: 'x' }, b: { t: 'y', u: 1 } } },
    1,
  ],
  [
    'takes constructor for a key',
    '{a: {}}',
    '- {target: $.a, update: {constructor: {x: 1}}}',
    { a: { constructor: { x: 1 } } },
    1,
  ],
];

test.each(applied)('%s', async (_, document, actions, result, changes) => {
  const { documents, errors, warnings } = await apply(document, actions);
  expect([...errors, ...warnings].map(brief)).toEqual([]);
  expect(JSON.parse(JSON.stringify(documents[0]?.data))).toEqual(result);
  expect(documents[0]?.overlays).toEqual([{ name: 'o.yaml', title: 'Test', shipped: false, changes }]);
});

test('in version 1.0 an array is one more item of an array', async () => {
  const head = header.replace('1.1.0', '1.0.0');
  const { documents } = await apply('{a: [1]}', '- {target: $.a, update: [2]}', head);
  expect(documents[0]?.data).toEqual({ a: [1, [2]] });
});

test.each(['1.0.0', '1.0.12', '1.1.0', '1.1.10'])('version %s is understood', async (version) => {
  const head = header.replace('1.1.0', version);
  const { documents, errors } = await apply('{a: {}}', '- {target: $.a, update: {b: 1}}', head);
  expect(errors).toEqual([]);
  expect(documents[0]?.data).toEqual({ a: { b: 1 } });
});

test('nests a document 256 levels deep, and no deeper', async () => {
  const nested = (levels: number): string => `${'{k: '.repeat(levels)}{}${'}'.repeat(levels)}`;
  const actions = (levels: number): string =>
    `- {target: $, update: {a: ${nested(100)}}}\n- {target: $.a${'.k'.repeat(100)}, update: ${nested(levels)}}\n- {target: $, update: {}}`;
  const deepest = await apply('{}', actions(154));
  expect(deepest.errors.map(brief)).toEqual([]);
  const deeper = await apply('{}', actions(155));
  expect(deeper.errors.map((each) => `${brief(each)} ${each.message}`)).toEqual([
    'overlay-too-large o.yaml:6:12 This overlay nests the document too deeply.',
  ]);
});

type Row = readonly [name: string, actions: string, expected: readonly string[], head?: string];
const rejected: readonly Row[] = [
  ['no actions', '  []', ['overlay-invalid o.yaml:4:3']],
  ['an action that does nothing', '- {target: $.a}', ['overlay-invalid o.yaml:4:3']],
  ['an action without a target', '- {update: 1}', ['overlay-invalid o.yaml:4:3']],
  ['an action that is text', '- x', ['overlay-invalid o.yaml:4:3']],
  ['a target that is a number', '- {target: 1, update: 1}', ['overlay-invalid o.yaml:4:12']],
  ['remove that is text', '- {target: $.a, remove: "yes"}', ['overlay-invalid o.yaml:4:25']],
  ['update beside copy', '- {target: $.a, update: 1, copy: $.b}', ['overlay-invalid o.yaml:4:34']],
  ['a misspelt key', '- {target: $.a, updat: {x: 1}, update: {}}', ['overlay-unknown-key o.yaml:4:17']],
  [
    'a misspelt key that its value repeats',
    '- {target: $.a, updat: updat, update: {}}',
    ['overlay-unknown-key o.yaml:4:17'],
  ],
  [
    'a misspelt key in escapes, at its value',
    '- {target: $.a, "\\u0075pdat": 1, update: {}}',
    ['overlay-unknown-key o.yaml:4:31'],
  ],
  [
    'an unknown key at the very start',
    '- {target: $.a, update: {}}',
    ['overlay-unknown-key o.yaml:1:1'],
    `what: 1\n${header}`,
  ],
  [
    'copy in version 1.0',
    '- {target: $.a, copy: $.b}',
    ['overlay-unknown-key o.yaml:4:17', 'overlay-invalid o.yaml:4:3'],
    header.replace('1.1', '1.0'),
  ],
  [
    'a query that is none',
    '- {target: "$.a[", update: 1}\n- {target: "$[(@.length-1)]", update: 1}',
    ['overlay-jsonpath o.yaml:4:12', 'overlay-jsonpath o.yaml:5:12'],
  ],
  [
    'a query with script',
    '- {target: "$[?(@.constructor.constructor(\'x\')())]", update: 1}',
    ['overlay-jsonpath o.yaml:4:12'],
  ],
  [
    'updates deeper and deeper',
    `- {target: $.b, update: {x: {}}}\n${`- {target: $..x, update: ${'{y: '.repeat(40)}{x: {}}${'}'.repeat(40)}}\n`.repeat(7)}`,
    ['overlay-too-large o.yaml:11:12'],
  ],
  [
    'a query of 5,000 brackets',
    `- {target: "$[?${'('.repeat(5000)}@.a${')'.repeat(5000)}]", update: 1}`,
    ['overlay-jsonpath o.yaml:4:12'],
  ],
  [
    'a query with a regular expression',
    `- {target: "$[?match(@.a, '(a+)+')]", update: 1}`,
    ['overlay-jsonpath o.yaml:4:12'],
  ],
  [
    'a query that never ends',
    '- {target: $..*..*..*..*..*..*.x, update: 1}',
    ['overlay-query-too-long o.yaml:4:12'],
  ],
  ['a primitive for an object', '- {target: $.a, update: 1}', ['overlay-mismatch o.yaml:4:25']],
  ['an object for a primitive', '- {target: $.a.n, update: {x: 1}}', ['overlay-mismatch o.yaml:4:27']],
  ['the removal of everything', '- {target: $, remove: true}', ['overlay-mismatch o.yaml:4:12']],
  ['a copy of nothing', '- {target: $.a, copy: $.nothing}', ['overlay-copy-source o.yaml:4:23']],
  ['a copy of two', '- {target: $.a, copy: $.*}', ['overlay-copy-source o.yaml:4:23']],
  [
    'copies of copies',
    Array(40).fill('- {target: $.l, copy: $.l}').join('\n'),
    ['overlay-too-large o.yaml:22:12'],
  ],
  [
    'copies deeper and deeper',
    Array(300)
      .fill(
        '- {target: $, update: {b: {}}}\n- {target: $.b, copy: $.a}\n- {target: $, update: {a: {}}}\n- {target: $.a, update: {n: {}}}\n- {target: $.a.n, copy: $.b}',
      )
      .join('\n'),
    ['overlay-too-large'],
  ],
  ['__proto__', '- {target: $.a, update: {__proto__: {x: 1}}}', ['key-forbidden o.yaml:4:26']],
  [
    'an unknown version',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:1:10'],
    header.replace('1.1.0', '2.0.0'),
  ],
  [
    'a version that is a number',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:1:10'],
    header.replace('1.1.0', '1.1'),
  ],
  [
    'a version with something before it',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:1:10'],
    header.replace('1.1.0', '11.1.0'),
  ],
  [
    'a version with something after it',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:1:10'],
    header.replace('1.1.0', '1.1.0-rc1'),
  ],
  [
    'no version',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:1:1'],
    'info: {title: Test, version: "1"}\n\n',
  ],
  [
    'an info that is text',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:2:7'],
    'overlay: 1.1.0\ninfo: Test\n',
  ],
  ['no info', '- {target: $.a, update: {}}', ['overlay-invalid o.yaml:1:1'], 'overlay: 1.1.0\n\n'],
  [
    'an info without title and version',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:2:7', 'overlay-invalid o.yaml:2:7'],
    'overlay: 1.1.0\ninfo: {}\n',
  ],
  [
    'unknown keys',
    '- {target: $.a, update: {}}',
    ['overlay-unknown-key o.yaml:3:1', 'overlay-unknown-key o.yaml:2:8'],
    'overlay: 1.1.0\ninfo: {titel: x, title: x, version: x}\naction: []\n',
  ],
  [
    'x-document-title that is no text',
    '- {target: $.a, update: {}}',
    ['overlay-invalid o.yaml:3:19'],
    `${header}x-document-title: 1\n`,
  ],
];

for (const [name, actions, expected, head] of rejected) {
  test(`rejects ${name}`, async () => {
    const document = `{a: {n: 1}, b: {}, l: [1], deep: ${'{k: '.repeat(40)}{}${'}'.repeat(40)}}`;
    const { errors } = await apply(document, actions, head);
    expect(errors.map(brief)).toEqual(
      expected.map((each) => (each.includes(' ') ? each : (expect.stringContaining(each) as string))),
    );
  });
}

test('an action that matches in one of several documents is no mistake, and one that matches in none is told once', async () => {
  const root = folder({
    'a.yaml': '{a: 1}',
    'b.yaml': '{b: 1}',
    'o.yaml': `${header}actions:\n- {target: $.a, update: 2}\n- {target: $.c, remove: true}`,
  });
  const overlays = [{ path: `${root}/o.yaml`, shipped: false }];
  const { warnings } = await loadIn(root, ['a.yaml', 'b.yaml'], { overlays });
  expect(warnings.map(brief)).toEqual(['overlay-no-match o.yaml:5:12']);
});

test('warns about a target that matches nothing, at its position in the overlay', async () => {
  const { warnings, documents } = await apply(
    '{a: 1}',
    '- {target: $.a, update: 2}\n- {target: $.b, remove: true}',
  );
  expect(warnings.map(brief)).toEqual(['overlay-no-match o.yaml:5:12']);
  expect(documents[0]?.overlays[0]?.changes).toBe(1);
});

describe('places', () => {
  test('what an overlay brings is in the overlay, what it leaves is where it was', async () => {
    const document = 'a:\n  same: x\n  other: y\nlist: [p, q, r]';
    const actions =
      '- target: $.a\n  update: {same: x, other: z, more: {deep: [1]}}\n- {target: "$.list[0]", remove: true}\n- {target: $.list, update: s}\n- {target: $.list, update: [t, u]}';
    const { documents } = await apply(document, actions);
    const { data, sourceMap } = documents[0]!;
    const a = data['a'] as TreeObject;
    const place = (node: object, key?: string | number): string =>
      brief({ ...sourceMap.of(node as TreeObject, key), code: 'at' } as never);
    expect(place(data)).toBe('at api.yaml:1:1');
    expect(place(a)).toBe('at api.yaml:2:3');
    expect(place(a, 'same')).toBe('at api.yaml:2:9');
    expect(place(a, 'other')).toBe('at o.yaml:5:28');
    expect(place(a['more'] as TreeObject)).toBe('at o.yaml:5:37');
    expect(place((a['more'] as TreeObject)['deep'] as never, 0)).toBe('at o.yaml:5:45');
    expect(place(data['list'] as never, 0)).toBe('at api.yaml:4:11');
    expect(place(data['list'] as never, 2)).toBe('at o.yaml:7:28');
    expect(place(data['list'] as never, 4)).toBe('at o.yaml:8:32');
  });
});

describe('binding', () => {
  const overlay = (title: string): string =>
    `${header}${title}actions:\n- {target: $.info, update: {x-seen: true}}\n`;
  const files = {
    'one.yaml': 'info: {title: One}',
    'two.yaml': 'info: {title: Two}',
    'all.yaml': overlay(''),
    'for-one.yaml': overlay('x-document-title: One\n'),
    'for-none.yaml': overlay('x-document-title: None\n'),
  };

  test.each([
    ['all.yaml', undefined, [1, 1], []],
    ['for-one.yaml', undefined, [1, 0], []],
    ['for-one.yaml', 'One', [1, 0], []],
    ['for-none.yaml', undefined, [0, 0], ['overlay-unbound for-none.yaml:3:19']],
    // It is not even read.
    ['for-none.yaml', 'None', [0, 0], []],
    ['missing.yaml', 'None', [0, 0], []],
  ])('%s, known to be for %s', async (name, documentTitle, counts, expected) => {
    const root = folder(files);
    const overlays = [
      { path: `${root}/${name}`, shipped: false, ...(documentTitle !== undefined && { documentTitle }) },
    ];
    const { documents, warnings } = await loadIn(root, ['one.yaml', 'two.yaml'], { overlays });
    expect(documents.map(({ overlays }) => overlays.length)).toEqual(counts);
    expect(documents.map(({ inputs }) => inputs.length - 1)).toEqual(counts);
    expect(warnings.map(brief)).toEqual(expected);
  });
});

describe('laws', () => {
  const objects = fc.letrec<{ object: Record<string, Json>; value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer({ min: 0, max: 3 }),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true }),
  })).object;

  function updated(
    document: Json,
    ...updates: readonly Json[]
  ): { readonly data: Json; readonly changes: readonly number[] } {
    const origins = new Map();
    const read = (name: string, text: string): TreeObject =>
      readTree(createSource(name, text), origins, () => {});
    const data = read('api.yaml', stringify(document));
    const changes = updates.map((update) => {
      const overlay = {
        overlay: '1.1.0',
        info: { title: '', version: '' },
        actions: [{ target: '$', update }],
      };
      return applyOverlay(data, checkOverlay(read('o.json', JSON.stringify(overlay)), origins), origins)
        .changes;
    });
    return { data, changes };
  }

  const merged = (target: Json, update: Json): Json =>
    isPlain(target) && isPlain(update)
      ? Object.fromEntries(
          [...new Set([...Object.keys(target), ...Object.keys(update)])].map((key) => [
            key,
            !(key in update)
              ? target[key]!
              : !(key in target)
                ? update[key]!
                : merged(target[key]!, update[key]!),
          ]),
        )
      : update;

  test('an update merges as JSON merges', () => {
    fc.assert(
      fc.property(objects, objects, (document, update) => {
        expect(plain(updated(document, update).data)).toEqual(merged(document, update));
      }),
    );
  });

  test('an update that is applied twice changes nothing the second time', () => {
    fc.assert(
      fc.property(objects, objects, (document, update) => {
        const { data, changes } = updated(document, update, update);
        expect(changes[1]).toBe(0);
        expect(plain(data)).toEqual(plain(updated(document, update).data));
      }),
    );
  });

  test('two updates are the same as their merge, where none turns an object into something else', () => {
    const shaped = fc.letrec<{ object: Record<string, Json> }>((tie) => ({
      object: fc.record(
        { p: fc.nat(3), q: fc.array(fc.nat(3), { maxLength: 2 }), o: tie('object') },
        { requiredKeys: [], noNullPrototype: true },
      ),
    })).object;
    fc.assert(
      fc.property(shaped, shaped, shaped, (document, one, two) => {
        expect(plain(updated(document, one, two).data)).toEqual(
          plain(updated(document, merged(one, two)).data),
        );
      }),
    );
  });
});

function isPlain(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plain(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

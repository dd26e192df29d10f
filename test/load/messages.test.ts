import { describe, expect, test } from 'vitest';
import { brief, folder, loadIn, loadText, type Files } from './folder.js';

/** What is wrong with the first of some files, in words; those called `o.yaml` are overlays. */
async function said(files: Files): Promise<readonly string[]> {
  const root = folder(files);
  const overlays = 'o.yaml' in files ? [{ path: `${root}/o.yaml`, shipped: false }] : [];
  const { errors, warnings } = await loadIn(root, [Object.keys(files)[0]!], { overlays });
  return [...errors, ...warnings].map(({ message }) => message);
}

/** So many objects, each in the one before it. */
const deep = (levels: number): string => `${'{k: '.repeat(levels - 1)}{end: {}}${'}'.repeat(levels - 1)}`;

type Row = readonly [text: string | Uint8Array, message: string];

const json: readonly Row[] = [
  ['{a: 1}', 'Expected a key in double quotes, found something else.'],
  ['{"a"}', 'Expected `:`, found something else.'],
  ['{"a": 01}', 'Expected a value, found something else.'],
  ['{"a": [1 2]}', 'Expected `,` or `]`, found something else.'],
  ['{"a": 1', 'Expected `,` or `}`, found the end of the file.'],
  [
    '{"a": "x\ny"}',
    'Expected a string that ends on its line and escapes as JSON does, found something else.',
  ],
  ['{} x', 'Expected the end of the file, found something else.'],
  ['[]', 'api.json holds a list, not an object.'],
  ['null', 'api.json holds null, not an object.'],
  ['"x"', 'api.json holds a string, not an object.'],
  ['{"a": 1e999}', 'This number is not finite.'],
  ['{"a": -9007199254740993}', 'This integer cannot be held exactly; it is read as -9007199254740992.'],
  ['{"a": 1, "a": 2}', 'The key `a` is already in this object.'],
  [
    `{"${'long'.repeat(25)}": 1, "${'long'.repeat(25)}": 2}`,
    `The key \`${'long'.repeat(20)}\` is already in this object.`,
  ],
  ['{"__proto__": 1}', '`__proto__` cannot be a key in a document.'],
  [`{"a": ${'['.repeat(256)}`, 'Nested deeper than 256 levels.'],
];

for (const [text, message] of json) {
  test(`of JSON it says: ${message}`, async () => {
    expect(await said({ 'api.json': text })).toEqual([message]);
  });
}

const yaml: readonly Row[] = [
  [' \n', 'api.yaml is empty.'],
  ['a: \u001b', 'api.yaml contains the control character U+001B.'],
  [Buffer.of(0xff, 0xfe, 0x61, 0), 'api.yaml is UTF-16, not UTF-8.'],
  [Buffer.of(0xfe, 0xff, 0, 0x61), 'api.yaml is UTF-16, not UTF-8.'],
  [Buffer.of(0x61, 0x80), 'api.yaml is not UTF-8.'],
  [Buffer.of(0xff, 0x61), 'api.yaml is not UTF-8.'],
  [Buffer.of(0xfe, 0x61), 'api.yaml is not UTF-8.'],
  [Buffer.of(0x61, 0xfe), 'api.yaml is not UTF-8.'],
  [Buffer.of(0x61, 0xff), 'api.yaml is not UTF-8.'],
  [Buffer.alloc(16 * 1024 * 1024, '#'), 'api.yaml holds null, not an object.'],
  [Buffer.alloc(16 * 1024 * 1024 + 1, '#'), 'api.yaml is larger than 16 MiB.'],
  [
    'a: [1',
    'This is not valid YAML. Flow sequence in block collection must be sufficiently indented and end with a ].',
  ],
  ['a:\n\tb: 1', 'A tab cannot indent YAML.'],
  ['a: 1\n---\nb: 2', 'A second YAML document starts here.'],
  ['a: !secret 1', 'This tag is not one of the YAML 1.2 core schema.'],
  ['a: *nobody', 'No anchor `nobody` before this alias.'],
  [`a: *${'long'.repeat(25)}`, `No anchor \`${'long'.repeat(20)}\` before this alias.`],
  ['a: &self\n  b: *self', 'The anchor `self` contains this alias.'],
  ['a: {<<: x}', 'A merge key takes an object or a list of objects.'],
  ['x: &x {}\ny:\n  <<: *x\n  <<: *x', 'The key `<<` is already in this object.'],
  ['? [a]\n: 1', 'A key in a document is text.'],
  ['true', 'api.yaml holds a boolean, not an object.'],
  [`a: ${'['.repeat(300)}`, 'Nested deeper than 256 levels.'],
  [`a: &a ${deep(200)}\nb: ${'['.repeat(100)}*a${']'.repeat(100)}`, 'Nested deeper than 256 levels.'],
  ['<<: {}\n'.repeat(251), 'More than 250 merge keys in one file.'],
  [`a: &a [${'1,'.repeat(200)}]\nb: [${'*a,'.repeat(100)}]`, 'Aliases repeat more than 20000 values.'],
];

for (const [text, message] of yaml) {
  test(`of YAML it says: ${message}`, async () => {
    expect(await said({ 'api.yaml': text })).toEqual([message]);
  });
}

const references: readonly (readonly [ref: string, message: string, more?: Files])[] = [
  ['1', 'The reference is not text.'],
  ['"#/b"', 'The reference `#/b` leads to nothing.'],
  ['"#b"', 'The reference `#b` does not end in a JSON Pointer.'],
  ['"a\\u0000"', 'The reference `a\\u0000` is not a reference.'],
  ['"a%zz"', 'The reference `a%zz` is not a reference.'],
  ['http://x', 'The reference `http://x` is remote.'],
  ['//x', 'The reference `//x` is remote.'],
  ['file:/x', 'The reference `file:/x` is an absolute path.'],
  ['/x', 'The reference `/x` is an absolute path.'],
  ['c:/x', 'The reference `c:/x` is an absolute path.'],
  ['a\\b', 'The reference `a\\b` has a backslash in its path.'],
  ['../x', 'The reference `../x` leads out of the folder of the document.'],
  ['x.yaml', 'The reference `x.yaml` names a file that is not there.'],
  ['.', 'The reference `.` does not name a file.'],
  ['"#/a"', 'These references lead only to each other: #/a → #/a.'],
  [
    'b.yaml',
    'The reference `b.yaml` brings in a file, which would stand under `x-external`.',
    { 'b.yaml': 'b: 1' },
  ],
  [
    `x${'long'.repeat(40)}`,
    `The reference \`x${'long'.repeat(40).slice(0, 119)}\` names a file that is not there.`,
  ],
];

for (const [ref, message, more = {}] of references) {
  test(`it says: ${message}`, async () => {
    const shelf = 'b.yaml' in more ? '\nx-external: {}' : '';
    expect(await said({ 'api.yaml': `a: {$ref: ${ref}}${shelf}`, ...more })).toEqual([message]);
  });
}

test('of a circle it says where it leads, and no more of it than is worth reading', async () => {
  const name = 'long'.repeat(40);
  expect(await said({ 'api.yaml': `a: {$ref: "#/${name}"}\n${name}: {$ref: "#/a"}` })).toEqual([
    `These references lead only to each other: #/a → #/${name.slice(0, 118)} → #/a.`,
  ]);
});

test('of a reference in data it says that it is not followed there', async () => {
  const { warnings } = await loadText('example: [{$ref: b.yaml}, {$ref: "http://x"}]');
  expect(warnings.map(({ message }) => message)).toEqual([
    'The reference `b.yaml` stands in data, where it is not followed.',
    'The reference `http://x` stands in data, where it is not followed.',
  ]);
});

describe('of what may be no document it quotes nothing', () => {
  test.each([
    ['a: [do-not-show', 'This is not valid YAML.'],
    ['a: *do-not-show', 'No anchor before this alias.'],
    ['a: &do-not-show [*do-not-show]', 'The anchor contains this alias.'],
    ['do-not-show: 1\ndo-not-show: 2', 'The key is already in this object.'],
    ['a: {$ref: do-not-show}', 'The reference names a file that is not there.'],
    ['a: {$ref: "#/a"}', 'These references lead only to each other.'],
    ['do-not-show', 'secret.env holds a string, not an object.'],
    ['', 'secret.env is empty.'],
  ])('%j: %s', async (text, message) => {
    expect(await said({ 'api.yaml': 'a: {$ref: "secret.env#/a"}', 'secret.env': text })).toEqual([message]);
  });
});

const actions: readonly (readonly [actions: string, message: string])[] = [
  ['  []', '`actions` of the overlay has to be a list with at least one action.'],
  ['- x', 'An action has to be an object.'],
  ['- {target: $.a}', 'An action needs `update`, `copy` or `remove: true`.'],
  ['- {update: 1}', '`target` of an action has to be text.'],
  ['- {target: $.a, description: 1, update: {}}', '`description` of an action has to be text.'],
  ['- {target: $.a, remove: 1}', '`remove` of an action has to be true or false.'],
  ['- {target: $.a, update: 1, copy: $.b}', 'An action has `update` or `copy`, not both.'],
  ['- {target: $.a, copy: 1}', '`copy` of an action has to be text.'],
  ['- {target: $.a, updat: 1, update: {}}', '`updat` is not a key of an action.'],
  [
    `- {target: $.a, ${'long'.repeat(25)}: 1, update: {}}`,
    `\`${'long'.repeat(20)}\` is not a key of an action.`,
  ],
  ['- {target: "$.a[", update: 1}', 'This is not a JSONPath query: unclosed bracketed selection.'],
  ['- {target: "$.long.names[", update: 1}', 'This is not a JSONPath query: unclosed bracketed selection.'],
  [`- {target: "$[?match(@.a, 'x')]", update: 1}`, "This is not a JSONPath query: no such function 'match'."],
  [
    `- {target: "$[?search(@.a, 'x')]", update: 1}`,
    "This is not a JSONPath query: no such function 'search'.",
  ],
  [
    '- {target: "$[?count() > 1]", update: 1}',
    'This is not a JSONPath query: count() takes 1 argument, 0 given.',
  ],
  [
    `- {target: "$[?('x')]", update: 1}`,
    "This is not a JSONPath query: filter expression literals ('x') must be compared.",
  ],
  [
    '- {target: $.a b, update: 1}',
    "This is not a JSONPath query: expected '.', '..' or a bracketed selection, found 'b'.",
  ],
  [`- {target: $.${'a'.repeat(998)}, update: 1}`, 'The target of this action matches nothing.'],
  [`- {target: $.${'a'.repeat(999)}, update: 1}`, 'This query is longer than 1000 characters.'],
  ['- {target: $.a, update: 1}', 'The target is an object; the update has to be one too.'],
  ['- {target: $.a.n, update: {}}', 'The target is a single value; the update has to be one too.'],
  ['- {target: $, remove: true}', 'The whole document cannot be removed.'],
  ['- {target: $.a, copy: $.x}', '`copy` has to select one value; it selects nothing.'],
  ['- {target: $.a, copy: $.*}', '`copy` has to select one value; it selects more than one value.'],
  ['- {target: $.x, remove: true}', 'The target of this action matches nothing.'],
  [
    `- {target: $.a, update: ${deep(200)}}\n- {target: $..end, update: ${deep(200)}}\n- {target: $, copy: $.a}`,
    'This action makes the document too large.',
  ],
];

for (const [text, message] of actions) {
  test(`of an overlay it says: ${message}`, async () => {
    const overlay = `overlay: 1.1.0\ninfo: {title: t, version: "1"}\nactions:\n${text}`;
    expect(await said({ 'api.yaml': 'a: {n: 1}\nl: [1]', 'o.yaml': overlay })).toEqual([message]);
  });
}

test.each([
  ['overlay: 1.1.0\ninfo: 1', ['`info` of the overlay has to be an object.']],
  ['overlay: 1.1.0\ninfo: {}', ['`version` of `info` has to be text.', '`title` of `info` has to be text.']],
  ['overlay: 1\ninfo: {title: t, version: v}', ['`overlay` of the overlay has to be text.']],
  [
    'overlay: 1.2.0\ninfo: {title: t, version: v}',
    ['This is not a version of the Overlay Specification that is understood: 1.0.0 or 1.1.0.'],
  ],
  [
    'overlay: 1.1.0\ninfo: {title: t, version: v, description: 1, z: 1}\nextends: 1\nx-document-title: 1\nq: 1',
    [
      '`q` is not a key of an overlay.',
      '`extends` of the overlay has to be text.',
      '`x-document-title` of the overlay has to be text.',
      '`z` is not a key of `info`.',
      '`description` of `info` has to be text.',
    ],
  ],
  ['overlay: 1.1.0\noverlay: 1.1.0', ['The key `overlay` is already in this object.']],
  [
    'overlay: 1.1.0\ninfo: {title: t, version: v}\nx-document-title: Other',
    ['No document has the title this overlay is for.'],
  ],
])('of an overlay that begins %j it says all of %j', async (head, messages) => {
  const overlay = `${head}\nactions:\n- {target: $.a, update: {}}`;
  expect(await said({ 'api.yaml': 'a: {}', 'o.yaml': overlay })).toEqual(messages);
});

test.each(['b.yaml', 'b.YML', 'b.Json'])('of a document such as %s it quotes what is wrong', async (name) => {
  expect(await said({ 'api.yaml': `a: {$ref: ${name}}`, [name]: '{"x": 1, "x": 2}' })).toEqual([
    'The key `x` is already in this object.',
  ]);
});

test('of a folder for references that is not there it says the option', async () => {
  const root = folder({ 'api.yaml': 'a: 1' });
  const { errors } = await loadIn(root, ['api.yaml'], { refRoot: `${root}/none` });
  expect(errors.map(({ message }) => message)).toEqual(['The folder given as --ref-root does not exist.']);
});

test('of what lies beside the document it says which file', async () => {
  const { errors } = await loadIn(folder({ 'a.yaml': 'a: {$ref: b.yaml}', 'b.yaml': '[]' }), ['a.yaml']);
  expect(errors.map((each) => `${brief(each)} ${each.message}`)).toEqual([
    'root-not-object b.yaml:1:1 b.yaml holds a list, not an object.',
  ]);
});

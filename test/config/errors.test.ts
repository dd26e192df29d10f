import { expect, test } from 'vitest';
import { hasHidden } from '../../src/diagnostics/printable.js';
import { brief } from '../load/folder.js';
import { configured } from './configured.js';

/** What is found in a text: codes with lines and columns, and the words of the first finding. */
type Row = [text: string, found: readonly string[], message?: string];

const yaml: readonly Row[] = [
  ['', ['config-syntax 1:1'], 'freshworks-gen.config.yaml is empty.'],
  ['out: a\nout: b', ['config-syntax 2:1'], 'The key `out` is already in this object.'],
  ['out: [a', ['config-syntax 1:8']],
  ['out: *a', ['config-syntax 1:6'], 'No anchor `a` before this alias.'],
  ['out: !!js/function a', ['config-syntax 1:6']],
  ['- out: a', ['config-invalid 1:1'], 'freshworks-gen.config.yaml holds a list, not an object.'],
  ['a', ['config-invalid 1:1'], 'freshworks-gen.config.yaml holds a string, not an object.'],
  ['literal: true', ['config-incomplete 1:1'], '`out` is missing in the configuration.'],
  [
    'out: a\nspecs: b',
    ['config-unknown-key 2:1'],
    '`specs` is not a key of the configuration. The nearest is `spec`.',
  ],
  [
    'out: a\nref-root: b',
    ['config-unknown-key 2:1'],
    '`ref-root` is not a key of the configuration. The nearest is `refRoot`.',
  ],
  ['out: a\n"\\u202e": b', ['config-unknown-key 2:11']],
  ['out: a\nzzzzzzzzz: b', ['config-unknown-key 2:1']],
  ['out:', ['config-invalid 1:5'], '`out` has to be a path.'],
  ['out: [a]', ['config-invalid 1:6'], '`out` has to be a path.'],
  ['out: ""', ['config-invalid 1:6'], '`out` has to be a path.'],
  ['out: "a\\0b"', ['config-invalid 1:6'], '`out` has to be a path.'],
  ['out: a\nspec: 1', ['config-invalid 2:7'], '`spec` has to be a path or a list of paths.'],
  [
    'out: a\nspec: []',
    ['config-invalid 2:7'],
    '`spec` is an empty list; without `spec` it is the shipped documents.',
  ],
  [
    'out: a\nproducts: []',
    ['config-invalid 2:11'],
    '`products` is an empty list; without `products` it is all.',
  ],
  ['out: a\nspec:\n  - b\n  - 1', ['config-invalid 4:5'], '`spec[1]` has to be a path.'],
  ['out: a\nproducts: { a: b }', ['config-invalid 2:11'], '`products` has to be a name or a list of names.'],
  ['out: a\nliteral: yes', ['config-invalid 2:10'], '`literal` has to be `true` or `false`.'],
  [
    'out: a\nadapters: [nod]',
    ['choice-unknown 2:12'],
    '`adapters[0]` cannot be `nod`. The nearest is `node`.',
  ],
  [
    'out: a\nadapters: gateway',
    ['choice-unknown 2:11'],
    '`adapters` cannot be `gateway`. Known are `node`, `express`, `fastify` and `lambda`.',
  ],
  ['$schema: 1\nout: a', ['config-invalid 1:10'], '`$schema` has to be a text.'],
  ['kits: []', ['config-invalid 1:7'], '`kits` has to be a list of one kit to 1000.'],
  ['kits: { out: a }', ['config-invalid 1:7'], '`kits` has to be a list of one kit to 1000.'],
  ['kits: [a]', ['config-invalid 1:8'], '`kits[0]` has to be an object.'],
  ['kits:\n  - literal: true', ['config-incomplete 2:5'], '`out` is missing in `kits[0]`.'],
  [
    'kits:\n  - out: a\n    sepc: b',
    ['config-unknown-key 3:5'],
    '`sepc` is not a key of `kits[0]`. The nearest is `spec`.',
  ],
  ['kits:\n  - out: a\n    kits: []', ['config-unknown-key 3:5']],
  ['out: a\nkits: [{ out: b }]', ['config-misplaced 1:1'], '`out` stands beside `kits`.'],
  [
    'kits:\n  - out: a\n  - out: b\n  - out: ./c/../a',
    ['config-overlap 4:5'],
    '`kits[2]` and `kits[0]` (freshworks-gen.config.yaml:2:5) go to the same folder.',
  ],
  [
    'kits:\n  - out: a/b\n  - out: a',
    ['config-overlap 3:5'],
    '`kits[1]` and `kits[0]` (freshworks-gen.config.yaml:2:5) have one folder inside the other.',
  ],
  ['out: a\ndiff: true', ['config-invalid 2:7'], '`diff` has to be an object.'],
  [
    'out: a\ndiff: { failOm: risky }',
    ['config-unknown-key 2:9'],
    '`failOm` is not a key of `diff`. The nearest is `failOn`.',
  ],
  [
    'out: a\ndiff: { failOn: breakin }',
    ['choice-unknown 2:17'],
    '`diff.failOn` cannot be `breakin`. The nearest is `breaking`.',
  ],
  [
    'out: a\ndiff: { failOn: 1 }',
    ['config-invalid 2:17'],
    '`diff.failOn` has to be one of `breaking`, `risky` and `none`.',
  ],
  [
    'out: a\ndiff: { accept: all }',
    ['config-invalid 2:17'],
    '`diff.accept` has to be a list of at most 10000 changes.',
  ],
  ['out: a\ndiff: { accept: [all] }', ['config-invalid 2:18'], '`diff.accept[0]` has to be an object.'],
  [
    'out: a\ndiff: { accept: [{}] }',
    ['config-incomplete 2:18', 'config-incomplete 2:18', 'config-incomplete 2:18'],
    '`rule` is missing in `diff.accept[0]`.',
  ],
  [
    'out: a\ndiff: { accept: [{ rule: 1, subject: "", reason: " " }] }',
    ['config-invalid 2:26', 'config-invalid 2:38', 'config-invalid 2:50'],
    '`diff.accept[0].rule` has to be the id of a rule.',
  ],
  [
    'out: a\ndiff: { accept: [{ rule: evnt-added, subject: a, reason: b }] }',
    ['choice-unknown 2:26'],
    '`diff.accept[0].rule` cannot be `evnt-added`. The nearest is `event-added`.',
  ],
  [
    'out: a\ndiff: { accept: [{ rule: zz, subject: a, reason: b }] }',
    ['choice-unknown 2:26'],
    '`diff.accept[0].rule` cannot be `zz`. `freshworks-gen explain` lists all that are known.',
  ],
  // All at once, in the order of the table.
  [
    'spec: 1\nlitral: true\nkits:\n  - {}\n  - 1\ndiff: 1',
    [
      'config-unknown-key 2:1',
      'config-misplaced 1:1',
      'config-incomplete 4:5',
      'config-invalid 5:5',
      'config-invalid 6:7',
    ],
  ],
];

const json: readonly Row[] = [
  ['{"out": "a",}', ['config-syntax 1:13'], 'Expected a key in double quotes, found something else.'],
  ['null', ['config-invalid 1:1'], 'freshworks-gen.config.json holds null, not an object.'],
  [
    '{\n  "out": "a",\n  "litteral": true\n}',
    ['config-unknown-key 3:4'],
    '`litteral` is not a key of the configuration. The nearest is `literal`.',
  ],
  ['{\n  "out": "a",\n  "__proto__": {}\n}', ['config-syntax 3:3']],
  ['{\n  "kits": [{ "out": 1 }]\n}', ['config-invalid 2:21'], '`kits[0].out` has to be a path.'],
];

async function expectFindings(file: string, [text, found, message]: Row): Promise<void> {
  const { errors } = await configured({ [file]: text });
  expect(errors.map(brief)).toEqual(found.map((each) => each.replace(' ', ` ${file}:`)));
  if (message !== undefined) expect(errors[0]?.message).toEqual(message);
  for (const { frame = '', position } of errors) {
    if (position) expect(hasHidden(frame)).toBe(false);
  }
}

test.each(yaml)('of YAML %j it says %j', async (...row) => expectFindings('freshworks-gen.config.yaml', row));

test.each(json)('of JSON %j it says %j', async (...row) => expectFindings('freshworks-gen.config.json', row));

test('of a hundred mistakes it says twenty', async () => {
  const text = Array.from({ length: 100 }, (_, index) => `key${index}: 1\n`).join('');
  const { errors } = await configured({ 'freshworks-gen.config.yaml': text });
  expect(errors.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 'config-unknown-key'));
});

test.each([
  [
    'kits',
    1_000,
    (count: number) => ({ kits: Array.from({ length: count }, (_, index) => ({ out: `k${index}` })) }),
  ],
  [
    'accepted changes',
    10_000,
    (count: number) => ({
      out: 'a',
      diff: {
        accept: Array.from({ length: count }, () => ({ rule: 'event-added', subject: 'b', reason: 'c' })),
      },
    }),
  ],
])('at most so many %s: %i', async (_, most, make) => {
  const found = async (count: number) => {
    const { errors } = await configured({ 'freshworks-gen.config.json': JSON.stringify(make(count)) });
    return errors.map(({ code }) => code);
  };
  expect(await found(most)).toEqual([]);
  expect(await found(most + 1)).toEqual(['config-invalid']);
});

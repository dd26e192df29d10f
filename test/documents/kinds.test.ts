import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { Json } from '../../src/model/json.js';
import { generate } from '../../src/app/generate.js';
import { filesBelow } from '../cases/run.js';
import { execute } from '../emit/execute.js';
import { faults } from '../emit/program.js';
import { sample } from '../sample.js';

vi.setConfig({ testTimeout: 600_000 });

const folder = fileURLToPath(new URL('./kinds/', import.meta.url));

/** Small documents, each for a kind of schema that documents are full of. */
interface Row {
  readonly name: string;
  readonly overlay?: string;
  /** What is found, `code line: words of its message`. */
  readonly found?: readonly RegExp[];
  /** What the payloads hold. */
  readonly holds?: readonly string[];
  /** Code beside the kit. */
  readonly use?: string;
  readonly taken?: readonly Json[];
  readonly refused?: readonly Json[];
}

const weigh =
  "import type { Parcel } from './index.js';\nexport const w = (p: Parcel): number | undefined => p.weight;";
const ann = { name: 'Ann' };

const rows: readonly Row[] = [
  {
    name: 'untyped-branch',
    holds: ['export type Parcel = Base & {'],
    use: weigh,
    taken: [{ id: 'a', weight: 1 }],
    refused: [{ weight: 1 }, { id: 'a', weight: 'b' }, 5],
  },
  {
    name: 'untyped-root',
    found: [/^type-missing 14: .*members of an object/],
    taken: [{ id: 'a' }, 5],
    refused: [{ weight: 1 }],
  },
  { name: 'untyped-root', overlay: 'overlay.yaml', use: weigh, taken: [{ id: 'a' }], refused: [5, {}] },
  {
    name: 'ref-siblings',
    found: [/^keyword-beside-ref \d+: maxLength, type beside \$ref are ignored/],
    holds: ['sender?: Person;'],
    taken: [{ sender: ann }],
    refused: [{ sender: 'Ann' }],
  },
  {
    name: 'nullable-beside-ref',
    holds: [
      'sender: Person | null;',
      'route: Person | null;',
      'box: string | number | null;',
      'label: "a" | "b" | null;',
    ],
    taken: [
      { sender: null, route: null, box: null, label: null },
      { sender: ann, route: ann, box: 1, label: 'a' },
    ],
    refused: [{ sender: 1, route: null, box: null, label: null }],
  },
  {
    name: 'names-non-ascii',
    holds: ['export interface Överföring {', 'export interface Größe {', 'export interface 配達 {'],
    use: `import { isÖverföring, is配達, type Größe } from './index.js';
export const g: Größe = { höhe: 1 };
export const b = [isÖverföring(g), is配達(g)];`,
  },
  {
    name: 'generic-pointer-tail',
    found: [/^messages-not-told-apart 5: /],
    holds: [
      'export interface OpenedPayload {',
      'export interface ClosedPayload {',
      'export interface MovedPayload {',
    ],
  },
  { name: 'equal-schemas-hashed', holds: ['export interface Place {', 'from?: Place;', 'to?: Place;'] },
  {
    name: 'named-open-object',
    holds: ['/** whatever is known */\nexport type Parcel = Record<string, unknown>;'],
    use: "import type { Parcel } from './index.js';\nexport const w = (p: Parcel): unknown => p['colour'];",
  },
  {
    name: 'deprecated-lost',
    holds: [
      '/**\n * the state\n * @deprecated\n */\nexport type State',
      '/** @deprecated */\nexport interface Base',
      '/** @deprecated */\n  gone?: string;',
      '* use new\n   * @deprecated\n   */\n  old?: string;',
    ],
  },
  {
    name: 'unknown-keyword',
    found: [
      /^keyword-misspelt 15: propertes is no keyword; properties is the nearest/,
      /^keyword-misspelt 16: requierd is no keyword; required is the nearest/,
    ],
  },
  { name: 'extension-false-alarm' },
];

/** Every kit with the code beside it, to be compiled together. */
const kits = new Map<string, string>();

test.each(sample(rows, 5))(
  '$name $overlay',
  async ({ name, overlay, found = [], holds = [], use, ...values }) => {
    const cwd = join(folder, name);
    const out = mkdtempSync(join(tmpdir(), 'kinds-'));
    const rendered = await generate({
      cwd,
      out,
      spec: ['asyncapi.yaml'],
      overlay: overlay === undefined ? [] : [overlay],
    });
    const said = rendered.diagnostics
      .filter(({ severity }) => severity === 'warning')
      .map(({ code, position, message }) => `${code} ${position?.line}: ${message}`);
    expect(said).toEqual(found.map((each) => expect.stringMatching(each) as unknown));
    const kit = filesBelow(out);
    const payloads = [...kit].filter(([path]) => path.startsWith('payloads/')).map(([, text]) => text);
    for (const text of holds) expect(payloads.join('\n')).toContain(text);
    expect(payloads.join('\n')).not.toMatch(/export \w+ \w*[0-9A-F]{6}\b|interface \w+ \{\s*\}/);
    const place = `${name}${overlay === undefined ? '' : '-overlay'}`;
    for (const [path, text] of kit) kits.set(`${place}/${path}`, text);
    if (use !== undefined) kits.set(`${place}/use.ts`, use);
    const { validators } = await execute(kit);
    const [event] = rendered.catalog.events;
    const takes = (value: Json) => validators[event!.name]!['~standard'].validate(value).issues === undefined;
    expect((values.taken ?? []).filter((each) => !takes(each))).toEqual([]);
    expect((values.refused ?? []).filter(takes)).toEqual([]);
  },
);

test('all of them compile, and code that uses them', () => {
  expect(kits.size).toBeGreaterThan(0);
  expect(faults(kits)).toEqual([]);
});

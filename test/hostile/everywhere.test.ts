import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import type { JsonObject } from '../../src/model/json.js';
import { execute } from '../emit/execute.js';
import { kitFaults } from '../emit/program.js';
import { sample } from '../sample.js';
import { attack, attackWith, taken, type Taken } from './attack.js';
import { filled, wordSlots, type Slot } from './slots.js';
import { watched } from './watch.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/*
 * Nasty texts in every slot for words of a whole document at once: in names, titles, descriptions and values, of messages,
 * traits, tags, servers, parameters, replies, security schemes and all else there is. What comes out loads and does nothing,
 * and all of it compiles.
 */
const kits = new Map<string, ReadonlyMap<string, string>>();

afterAll(() => {
  const files = [...kits].flatMap(([name, kit]) =>
    [...kit].map(([path, text]) => [`${name}/${path}`, text] as const),
  );
  expect(kitFaults(new Map(files))).toEqual([]);
});

async function inert({ kit, events }: Taken): Promise<void> {
  kits.set(`kit${kits.size}`, kit);
  const { value, deeds } = await watched(() => execute(kit));
  expect(value.routes.map(({ name }) => name).sort()).toEqual(events.map(({ name }) => name).sort());
  expect(deeds.filter((deed) => deed === 'connects' || deed === 'looks up a host')).toEqual([]);
  expect(value).not.toHaveProperty('then');
  expect('PWNED' in globalThis).toBe(false);
}

const texts = [
  '*/ globalThis.PWNED=1; /*',
  '"; globalThis.PWNED=1; "',
  "'; globalThis.PWNED=1; '",
  '`; globalThis.PWNED=1; `',
  '${globalThis.PWNED=1}',
  '}; globalThis.PWNED=1; export interface B {',
  'A {}\nglobalThis.PWNED=1;\ninterface B',
  '\\',
  '../../../evil',
  '$(touch PWNED)',
  '::error file=x::y',
  '@ts-nocheck',
  'constructor',
  'toString',
];

const documents = new Map(
  ['shop-2.yaml', 'shop-3.yaml'].map((name) => [
    name,
    parse(readFileSync(join(import.meta.dirname, 'documents', name), 'utf8')) as JsonObject,
  ]),
);

/** The texts one after the other, beginning with another one in each round. Names and the members of a list stay apart. */
function everywhere(document: JsonObject, round: number): JsonObject {
  const slots = wordSlots(document);
  return filled(
    document,
    new Map(
      slots.map((slot, index) => {
        const text = texts[(index + round) % texts.length]!;
        // AsyncAPI 3 takes no line end in a name.
        const name = text.replaceAll('\n', ' ');
        return [
          slot,
          slot.kind === 'key' ? `${name}${index}` : isOneOfSeveral(slot) ? `${text}${index}` : text,
        ];
      }),
    ),
  );
}

function isOneOfSeveral({ path }: Slot): boolean {
  return path.at(-1) === 'operationId' || typeof path.at(-1) === 'number';
}

const rounds = sample([0, 3, 6, 9], 1);

describe.each([
  ['shop-2.yaml', '2.6.0'],
  ['shop-3.yaml', '3.0.0'],
  ['shop-3.yaml', '3.1.0'],
])('%s as AsyncAPI %s', (name, asyncapi) => {
  test.each(rounds)('in round %i', async (round) => {
    const document: JsonObject = { ...documents.get(name)!, asyncapi };
    expect(wordSlots(document).length).toBeGreaterThan(40);
    await inert(taken(await attack(everywhere(document, round))));
  });
});

test.each(
  sample(
    texts.filter((_, index) => index % 3 === 0),
    2,
  ),
)('%j, from an overlay', async (text) => {
  const document = documents.get('shop-2.yaml')!;
  const overlay = {
    overlay: '1.1.0',
    info: { title: text, version: text, description: text },
    actions: [
      { target: '$.components.schemas[*]', description: text, update: { title: text, description: text } },
      { target: '$.channels[*]', update: { description: text, 'x-event': { product: text } } },
      { target: '$.channels[*].publish', update: { operationId: text, summary: text } },
      {
        target: '$.components.schemas.Order.properties',
        update: { [text]: { type: 'object', title: text, properties: { [text]: { enum: [text] } } } },
      },
      { target: '$.info', update: { title: text } },
    ],
  };
  const files = { 'spec.yaml': stringify(document), 'overlay.yaml': stringify(overlay) };
  await inert(taken(await attackWith(files, { overlay: ['overlay.yaml'] })));
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Json } from '../../src/model/json.js';
import { generate, type Rendered } from '../../src/app/generate.js';
import { filesBelow } from '../cases/run.js';
import { execute, type Kit } from '../emit/execute.js';
import { kitFaults } from '../emit/program.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const folder = fileURLToPath(new URL('./', import.meta.url));

interface Row {
  readonly file: string;
  readonly refRoot?: string;
  /** Events with the types of their payloads. */
  readonly events: Readonly<Record<string, string>>;
  /** Payloads that the validators do not take; the documents have examples of what they do. */
  readonly refused: readonly (readonly [event: string, payload: Json])[];
}

/** What documents of every version and many protocols become. */
const rows: readonly Row[] = [
  {
    file: 'street-lights.asyncapi.yaml',
    events: { 'lights/{lamp}/measured': 'MeasuredPayload', 'lights/{lamp}/turn': 'TurnPayload' },
    refused: [
      ['lights/{lamp}/measured', { lumen: -1 }],
      ['lights/{lamp}/measured', { lumen: 1, at: 'today' }],
      ['lights/{lamp}/turn', { to: true }],
    ],
  },
  {
    file: 'queue.asyncapi.yaml',
    events: {
      elsewhere: 'ResultPayload',
      'sums#add': 'AddPayload',
      'sums#failure': 'Failure',
      'sums#result': 'ResultPayload',
    },
    refused: [
      ['sums#add', { numbers: [] }],
      ['sums#failure', ''],
      ['sums#result', { result: 0.3 }],
      ['elsewhere', { result: 1, more: 1 }],
    ],
  },
  {
    file: 'market.asyncapi.yaml',
    events: {
      books: 'BookPayload',
      'root#anything': 'AnythingPayload',
      'root#data': 'Data',
      'root#line': 'LinePayload',
      'root#ping': 'PingPayload',
    },
    refused: [
      ['books', 1],
      ['root#data', { type: 'beat' }],
      ['root#data', { type: 'update', sequence: 1, changes: [{ side: 'both' }] }],
      ['root#line', '\n'],
      ['root#ping', { ping: false }],
    ],
  },
  {
    file: 'chat.asyncapi.yaml',
    events: {
      'root#Archived': 'ArchivedPayload',
      'root#Presence': 'Presence',
      'root#left': 'LeftPayload',
      'root#said': 'Line',
    },
    refused: [
      ['root#Archived', { archived: false }],
      ['root#Presence', {}],
      ['root#left', {}],
      ['root#said', { text: 'a', replies: [{ text: 'b', replies: [{}] }] }],
    ],
  },
  {
    file: 'social/website/asyncapi.yaml',
    refRoot: 'social',
    events: {
      'comment/liked#liked': 'Like',
      'comment/liked#unliked': 'Like',
      'comment/{id}/changed': 'Comment',
    },
    refused: [
      ['comment/{id}/changed', { id: 'a', on: { id: '' } }],
      ['comment/liked#unliked', { comment: 'a', more: 1 }],
    ],
  },
];

const kits = new Map<string, ReadonlyMap<string, string>>();

describe.each(rows)('$file', ({ file, refRoot, events, refused }) => {
  let rendered: Rendered;
  let kit: Kit;

  beforeAll(async () => {
    const out = mkdtempSync(join(tmpdir(), 'documents-'));
    rendered = await generate({ cwd: folder, out, spec: [file], refRoot });
    kits.set(file, filesBelow(out));
    kit = await execute(filesBelow(out));
  });

  test('becomes its events and their types', () => {
    const found = rendered.catalog.events.map(({ name, payload }) => [name, payload]);
    expect(Object.fromEntries(found)).toEqual(events);
    const said = rendered.diagnostics
      .filter(({ severity }) => severity === 'warning')
      .map(({ code }) => code);
    const names = Object.keys(events);
    expect(new Set(said)).toEqual(
      new Set([
        ...(names.some((name) => name.includes('#')) ? ['messages-not-told-apart'] : []),
        ...(names.some((name) => name.includes('{')) ? ['address-parameters'] : []),
      ]),
    );
  });

  test('has its own examples taken, and nothing that they exclude', () => {
    const examples = rendered.catalog.events.flatMap((event) =>
      event.examples.map((payload) => [event.name, payload] as const),
    );
    expect(examples.length).toBeGreaterThan(0);
    const takes = ([event, payload]: readonly [string, Json]) =>
      kit.validators[event]!['~standard'].validate(payload).issues === undefined;
    expect(examples.filter((each) => !takes(each))).toEqual([]);
    expect(refused.filter(takes)).toEqual([]);
  });
});

test('their kits compile', () => {
  const files = [...kits].flatMap(([file, kit]) =>
    [...kit].map(([path, text]) => [`${file.replace(/\W/g, '-')}/${path}`, text] as const),
  );
  expect(kits.size).toBe(rows.length);
  expect(kitFaults(new Map(files))).toEqual([]);
});

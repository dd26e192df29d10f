import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../src/kit/sha256.js';
import { out } from '../project.js';
import { all, kit, move, record, type Step } from './making.js';
import { byLastWord, manifest, type State } from './state.js';

/** What lay elsewhere once, from where it lies now. */
const moved: Readonly<Record<string, string>> = {
  'collected-handlers.ts': 'handlers.ts',
  'runtime/adapters/node.ts': 'adapters/node.ts',
  'runtime/receiver.ts': 'receiver.ts',
  'runtime/signatures.ts': 'signatures.ts',
  'runtime/validation.ts': 'validators/runtime.ts',
};
/** What there was once, and is no more. */
const dropped = 'validators/rules.ts';
const added = 'schemas/shop.ts';
const index = 'index.ts';

/** Makes of a kit one that an older version wrote, with handlers as people have them. */
const older: Step = all(
  ...Object.entries(moved).map(([now, before]) => move(`${out}/${now}`, `${out}/${before}`)),
  kit.remove('runtime/adapters'),
  kit.write(dropped, 'export const rules = [];\n'),
  kit.remove(added),
  kit.edit(index, (text) => text.replace('./collected-handlers.js', './handlers.js')),
  (project) => {
    record(({ files }) => {
      for (const [now, before] of Object.entries(moved)) {
        files[before] = files[now];
        delete files[now];
      }
      files[dropped] = hashOf(project, dropped);
      files[index] = hashOf(project, index);
      delete files[added];
    })(project);
  },
  kit.write(
    'handlers/shop.ts',
    `import { unhandled, type Handler } from '../events.js'\r

export const onOrderPlaced: Handler<'shop/order-placed'>=({ payload })=>console.log(payload.id)
export const onOrderPaid = unhandled('shop/order-paid')`,
  ),
);

function hashOf(project: string, path: string): string {
  return sha256(readFileSync(join(project, out, path), 'utf8'));
}

const gone = [...Object.values(moved), dropped];
const come = [...Object.keys(moved), added];

const differing = (edited?: string) =>
  [
    ...gone.map((path) => `${path === edited ? 'edited' : 'orphaned'} ${path}`),
    ...come.map((path) => `missing ${path}`),
    `changed ${index}`,
  ].sort(byLastWord);

export const olderLayouts: readonly State[] = [
  {
    name: 'the kit is laid out as an older version did',
    make: older,
    check: [4, ...differing(), `changed ${manifest}`],
    generate: [0],
    writes: [
      ...gone.map((path) => `- ${path}`),
      ...come.map((path) => `+ ${path}`),
      ...[index, manifest].map((path) => `~ ${path}`),
    ].sort(byLastWord),
  },
  ...gone.map((path): State => ({
    name: `the kit is laid out as an older version did, and ${path} was edited by hand`,
    make: all(
      older,
      kit.edit(path, (text) => `${text}// mine\n`),
    ),
    check: [4, ...differing(path), `changed ${manifest}`],
    generate: [2, 'output-edited'],
    wayOut: { options: '--force' },
  })),
];

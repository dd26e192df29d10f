import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../src/kit/sha256.js';
import { checkOutWithCrlf, out } from '../project.js';
import { all, kit, record, type Step } from './making.js';
import { anEventMore, edited, gainAnEvent, missing, outdated, upToDate, type State } from './state.js';

const checkOutKitWithCrlf: Step = (project) => {
  checkOutWithCrlf(join(project, out));
};

/** Makes a validator let everything pass, and the manifest agree with it. */
const weaken: Step = (project) => {
  const path = 'validators/shop.ts';
  kit.edit(path, (text) => text.replaceAll('errors++;', ''))(project);
  const weakened = readFileSync(join(project, out, path), 'utf8');
  record(({ files }) => {
    files[path] = sha256(weakened);
  })(project);
};

export const files: readonly State[] = [
  { name: 'a file is missing', make: kit.remove('runtime/body.ts'), ...missing('runtime/body.ts') },
  {
    name: 'a folder is missing',
    make: kit.remove('validators'),
    ...missing(...['compiled', 'index', 'returns', 'shop'].map((name) => `validators/${name}.ts`)),
  },
  {
    name: 'a file was edited by hand',
    make: kit.edit('runtime/body.ts', (text) => `${text}// mine\n`),
    ...edited('runtime/body.ts'),
  },
  { name: 'a file is empty', make: kit.write('runtime/body.ts', ''), ...edited('runtime/body.ts') },
  {
    name: 'a file got a byte order mark',
    make: kit.edit('runtime/body.ts', (text) => `\ufeff${text}`),
    ...edited('runtime/body.ts'),
  },
  {
    name: 'a validator was weakened by hand, and the manifest agrees with it',
    make: weaken,
    ...outdated('validators/shop.ts'),
  },
  { name: 'the kit was checked out with CRLF', make: checkOutKitWithCrlf, ...upToDate },
  {
    name: 'the kit was checked out with CRLF, and the document gained an event',
    make: all(checkOutKitWithCrlf, gainAnEvent),
    ...anEventMore,
  },
  {
    name: 'files of somebody else lie among the kit’s',
    make: all(
      kit.write('notes.md', 'mine'),
      kit.write('payloads/mine.ts', 'mine'),
      kit.write('a/b/c', 'mine'),
    ),
    ...upToDate,
  },
  {
    name: 'somebody else’s file stands where a new one has to go',
    make: all(
      kit.remove('runtime/body.ts'),
      kit.write('runtime/body.ts', 'mine'),
      record(({ files: listed }) => delete listed['runtime/body.ts']),
    ),
    check: [4, 'foreign runtime/body.ts', 'changed .freshworks-gen.json'],
    generate: [2, 'output-foreign'],
    wayOut: { options: '--force' },
  },
];

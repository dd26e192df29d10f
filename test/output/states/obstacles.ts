import { execFileSync } from 'node:child_process';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { out } from '../project.js';
import { all, kit, link, move, nothing, remove, write, type Step } from './making.js';
import { anEventMore, gainAnEvent, journal, lock, manifest, refused, upToDate, type State } from './state.js';

/** What of the kit may become a link. */
const linked: readonly (readonly [what: string, path: string])[] = [
  ['the kit', out],
  ['a file of the kit', `${out}/runtime/body.ts`],
  ['a folder of the kit', `${out}/validators`],
  ['the folder of the handlers', `${out}/handlers`],
  ['a handler file', `${out}/handlers/shop.ts`],
  ['the manifest', `${out}/${manifest}`],
];

/** Moves something away and leaves a link to it. */
const replaceByLink =
  (path: string): Step =>
  (project) => {
    all(move(path, 'elsewhere'), link(path, join(project, 'elsewhere')))(project);
  };
const putBack =
  (path: string): Step =>
  (project) => {
    rmSync(join(project, path));
    renameSync(join(project, 'elsewhere'), join(project, path));
  };

const pipe =
  (path: string): Step =>
  (project) => {
    execFileSync('mkfifo', [join(project, out, path)]);
  };

export const obstacles: readonly State[] = [
  ...linked.map(([what, path]): State => ({
    name: `${what} became a link`,
    make: replaceByLink(path),
    ...refused('output-link', { mend: putBack(path) }),
  })),
  {
    name: 'a file of the kit became a link to nowhere',
    make: all(kit.remove('runtime/body.ts'), kit.link('runtime/body.ts', 'nowhere')),
    ...refused('output-link', { mend: kit.remove('runtime/body.ts') }),
  },
  {
    name: 'the journal is a link to a file elsewhere',
    make: all(gainAnEvent, kit.link(journal, '../../package.json')),
    ...refused('output-link', { mend: kit.remove(journal) }),
  },
  {
    name: 'the lock is a link to a file elsewhere',
    make: all(gainAnEvent, kit.link(lock, '../../package.json')),
    check: [...anEventMore.check, 'unfinished'],
    generate: [2, 'output-link'],
    wayOut: { mend: kit.remove(lock) },
  },
  {
    name: 'a link to elsewhere lies among the kit’s files',
    make: kit.link('mine', '../../api'),
    ...upToDate,
  },
  {
    name: 'a file that is to be changed is, under another name, somebody else’s: a hard link',
    make: (project) => {
      gainAnEvent(project);
      linkSync(join(project, out, 'events.ts'), join(project, 'twin.ts'));
    },
    ...anEventMore,
  },
  {
    name: 'a pipe stands for a file of the kit',
    make: all(kit.remove('runtime/body.ts'), pipe('runtime/body.ts')),
    ...refused('output-not-a-file', { mend: kit.remove('runtime/body.ts') }),
  },
  {
    name: 'a pipe stands for the manifest',
    make: all(kit.remove(manifest), pipe(manifest)),
    ...refused('output-not-a-file', { mend: kit.remove(manifest), options: '--spec api/shop.yaml' }),
  },
  {
    name: 'a pipe lies among the handlers',
    make: pipe('handlers/pipe.ts'),
    ...refused('output-not-a-file', { mend: kit.remove('handlers/pipe.ts') }),
  },
  {
    name: 'a folder stands for a file of the kit',
    make: all(kit.remove('runtime/body.ts'), kit.write('runtime/body.ts/mine', '')),
    ...refused('output-not-a-file', { mend: kit.remove('runtime/body.ts') }),
  },
  {
    name: 'a file stands for a folder of the kit',
    make: all(kit.remove('schemas'), kit.write('schemas', 'mine')),
    ...refused('output-not-a-folder', { mend: kit.remove('schemas') }),
  },
  {
    name: 'a file stands for the kit',
    make: all(remove(out), write(out, 'mine')),
    ...refused('output-not-a-folder', { mend: remove(out), options: '--spec api/shop.yaml' }),
  },
  {
    name: 'the kit became a project of its own',
    make: kit.write('package.json', '{}'),
    ...refused('output-folder', { mend: kit.remove('package.json') }),
  },
  ...['.', '/', homedir()].map((folder): State => ({
    name: `the folder for the kit is ${folder === homedir() ? 'the home folder' : folder}`,
    make: nothing,
    options: `--out ${folder} --spec api/shop.yaml`,
    check: [2, 'output-folder'],
    generate: [2, 'output-folder'],
  })),
];

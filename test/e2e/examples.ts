import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { blocksOf } from '../project/shown.js';
import { writeText } from './project.js';

/** The files that the pages show: a comment `<!-- example: path -->` before a block of code names each. */
export function examples(): ReadonlyMap<string, string> {
  return new Map(blocksOf('example').map(({ subject, text }) => [subject, text]));
}

/** Puts the examples where the pages say they go: handlers in the kit, all else beside it. */
export function putExamples(project: string): void {
  for (const [path, code] of examples()) {
    const file = join(project, path.startsWith('handlers/') ? 'src/events' : 'src', path);
    mkdirSync(dirname(file), { recursive: true });
    writeText(code, file);
  }
}

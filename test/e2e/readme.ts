import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText, root, writeText } from './project.js';

/** The files that the README shows: a comment `<!-- example: path -->` before a block of code names each. */
export function readmeExamples(): Map<string, string> {
  const blocks = readText(root, 'README.md').matchAll(/<!-- example: (\S+) -->\n```ts\n(.*?)\n```/gs);
  return new Map(Array.from(blocks, ([, path = '', code = '']) => [path, `${code}\n`] as const));
}

/** Puts the README's files where it says they go: handlers in the kit, all else beside it. */
export function followReadme(project: string): void {
  for (const [path, code] of readmeExamples()) {
    const file = join(project, path.startsWith('handlers/') ? 'src/events' : 'src', path);
    mkdirSync(dirname(file), { recursive: true });
    writeText(code, file);
  }
}

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('./', import.meta.url));

/**
 * The cases. Each is a folder with
 *
 * - `command`: the arguments of the command, one run per line
 * - everything else it holds is the project that the command runs in: documents, a tsconfig.json, a .prettierrc
 * - `before/`: what the user wrote between the first run and the last
 * - `expected/`: the kit, and `stderr.txt`: what was said, with the exit code
 */
export const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

export interface Outcome {
  /** The whole kit by path, the manifest left out. */
  readonly kit: ReadonlyMap<string, string>;
  /** What the last run said, then its exit code. */
  readonly stderr: string;
}

/** Runs the command in a folder. */
export type Run = (
  folder: string,
  args: readonly string[],
) => Promise<{ readonly stderr: string; readonly exitCode: number | null }>;

/** Runs a case in a folder of its own. */
export async function runCase(name: string, run: Run): Promise<Outcome> {
  const project = mkdtempSync(join(tmpdir(), `case-${name}-`));
  const source = join(folder, name);
  for (const entry of readdirSync(source)) {
    if (!parts.has(entry)) cpSync(join(source, entry), join(project, entry), { recursive: true });
  }
  const lines = readFileSync(join(source, 'command'), 'utf8').trim().split('\n');
  let stderr = '';
  for (const [index, line] of lines.entries()) {
    if (index === lines.length - 1 && existsSync(join(source, 'before'))) {
      cpSync(join(source, 'before'), project, { recursive: true });
    }
    const said = await run(project, line.split(' '));
    stderr = `${said.stderr}exit ${said.exitCode}\n`;
  }
  return { kit: filesBelow(join(project, 'events')), stderr };
}

const parts: ReadonlySet<string> = new Set(['command', 'before', 'expected', 'stderr.txt']);

/** What a case is to come to. Its kit is only what is worth reading. */
export function expectedOf(name: string): Outcome {
  return {
    kit: filesBelow(join(folder, name, 'expected')),
    stderr: readFileSync(join(folder, name, 'stderr.txt'), 'utf8'),
  };
}

/** The texts of a folder by path; empty where there is none. */
export function filesBelow(path: string): ReadonlyMap<string, string> {
  if (!existsSync(path)) return new Map();
  const entries = readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
  return new Map(
    paths
      .filter((each) => !hidden.has(each))
      .sort()
      .map((each) => [each, readFileSync(join(path, each), 'utf8')]),
  );
}

/** What holds hashes and no words of a document. */
const hidden: ReadonlySet<string> = new Set(['.freshworks-gen.json', '.gitattributes', '.gitignore']);

/** The case that pins every file of a kit, and the one that pins those that are there on request. */
const whole = 'shipped';
const production = 'production';
const onRequest = /^runtime\/(?:adapters|clients|fake|inboxes|run-inbox|storing)/;

/** What a case pins: not what is the same in every kit, nor ajv's code unless it is short. One case pins these as well. */
export function worthReading(name: string, kit: Outcome['kit']): Outcome['kit'] {
  if (name === whole) return kit;
  return new Map(
    [...kit].filter(
      ([path, text]) =>
        (!/^(?:runtime\/|testing\.ts$)/.test(path) || (name === production && onRequest.test(path))) &&
        (!/^validators\/(?!index\.ts)/.test(path) || text.split('\n').length <= 60),
    ),
  );
}

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runIn } from '../cli/command.js';

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

const outcomes = new Map<string, Promise<Outcome>>();

/** Runs a case in a folder of its own; once, however many ask. */
export function outcomeOf(name: string): Promise<Outcome> {
  const known = outcomes.get(name) ?? runCase(name);
  outcomes.set(name, known);
  return known;
}

async function runCase(name: string): Promise<Outcome> {
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
    stderr = await said(project, line.split(' '));
  }
  return { kit: filesBelow(join(project, 'events')), stderr };
}

const parts: ReadonlySet<string> = new Set(['command', 'before', 'expected', 'stderr.txt']);

async function said(project: string, args: readonly string[]): Promise<string> {
  const { stderr, exitCode } = await runIn(project, args);
  return `${stderr}exit ${exitCode}\n`;
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

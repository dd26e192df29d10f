import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json, JsonObject } from '../../src/model/json.js';
import type { Event } from '../../src/model/catalog.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { Rejected, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { hasHidden } from '../../src/diagnostics/printable.js';
import { generate } from '../../src/app/generate.js';
import { filesBelow } from '../cases/run.js';
import { unexplained, watched } from './watch.js';

export type Outcome = Taken | Refused;

export interface Taken {
  readonly kit: ReadonlyMap<string, string>;
  readonly events: readonly Event[];
  /** Codes of the warnings, each once. */
  readonly warnings: readonly string[];
}

export interface Refused {
  readonly exit: number;
  /** `code file:line:column` of each finding. */
  readonly findings: readonly string[];
  /** What the first of them says. */
  readonly said: string;
  /** The text of the document from the first finding's position on. */
  readonly at: string | undefined;
}

/** A document with one channel and one payload. */
export function shop(payload: Json, more: JsonObject = {}): JsonObject {
  return {
    asyncapi: '2.6.0',
    info: { title: 'Shop', version: '1.0.0' },
    channels: { '/shop/order': { publish: { operationId: 'onOrder', message: { name: 'Order', payload } } } },
    ...more,
  };
}

/** Files of a project, by path from its folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Attack {
  /** The document, by default the first of the files. */
  readonly spec?: string;
  readonly overlay?: readonly string[];
}

/**
 * Generates from a hostile document, as a user would, in a project of its own; and sees to it that a refusal writes nothing,
 * that nothing is written beside the kit, that nothing of the document ran, that no connection was opened, no process started
 * and no file read but the project's own; and that what is said drives no terminal and quotes no file beside the project.
 */
export async function attack(
  spec: JsonObject | string,
  file = typeof spec === 'string' ? 'spec.yaml' : 'spec.json',
): Promise<Outcome> {
  return attackWith({ [file]: typeof spec === 'string' ? spec : JSON.stringify(spec, null, 2) });
}

/** The same with other files beside the document, and with overlays. */
export async function attackWith(files: Files, more: Attack = {}): Promise<Outcome> {
  const around = mkdtempSync(join(tmpdir(), 'hostile-'));
  const project = join(around, 'project');
  writeFiles(project, files);
  writeFiles(around, bait);
  const { value: outcome, deeds } = await watched(() => attempt(project, files, more));
  const strange = unexplained(deeds, project);
  if (strange.length > 0) throw new Error(`it ${strange.join(', ')}`);
  const before = new Set(Object.keys(files).map((name) => name.split('/')[0]));
  const written = readdirSync(project).filter((name) => !before.has(name));
  if (written.join() !== ('kit' in outcome ? 'events' : '')) throw new Error(`it wrote ${written.join()}`);
  if (readdirSync(around).length > 1 + Object.keys(bait).length)
    throw new Error('it wrote beside the project');
  if ('PWNED' in globalThis) throw new Error('it ran');
  return outcome;
}

/** What a document would like to take in. */
const bait: Files = {
  '.env': 'TOKEN=taken-in',
  'secret.yaml': 'components: { schemas: { Secret: { const: taken-in } } }',
};

function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

async function attempt(cwd: string, files: Files, more: Attack): Promise<Outcome> {
  const { spec = Object.keys(files)[0]!, overlay } = more;
  try {
    const { catalog, diagnostics } = await generate({ cwd, out: 'events', spec: [spec], overlay });
    diagnostics.forEach(seeToItsWords);
    const warnings = diagnostics.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
    return {
      kit: filesBelow(join(cwd, 'events')),
      events: catalog.events,
      warnings: [...new Set(warnings)].sort(),
    };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    if (existsSync(join(cwd, 'events'))) throw new Error('it wrote', { cause: error });
    const { diagnostics } = error;
    diagnostics.forEach(seeToItsWords);
    return {
      exit: Math.min(...diagnostics.map(({ code }) => catalogue[code].exit)),
      findings: diagnostics.map(shown),
      said: diagnostics[0]?.message ?? '',
      at: textAt(files, diagnostics[0]),
    };
  }
}

/** A finding is printed line by line: its frame is safe as it stands, its message once it is printable. */
function seeToItsWords({ message, frame = '', fix }: Diagnostic): void {
  if (frame.split('\n').some((line) => hasHidden(line) || /^\s*::/.test(line)))
    throw new Error(`this drives a terminal: ${JSON.stringify(frame)}`);
  if (/taken-in/.test([message, frame, fix].join())) throw new Error(`this tells a secret: ${message}`);
}

function shown({ code, position }: Diagnostic): string {
  return position === undefined ? code : `${code} ${position.file}:${position.line}:${position.column}`;
}

function textAt(files: Files, found: Diagnostic | undefined): string | undefined {
  if (found?.position === undefined) return undefined;
  const { file, line, column } = found.position;
  return String(files[file] ?? '')
    .split('\n')
    .slice(line - 1)
    .join('\n')
    .slice(column - 1);
}

export function taken(outcome: Outcome): Taken {
  if ('kit' in outcome) return outcome;
  throw new Error(`it was refused: ${outcome.findings.join(', ')}`);
}

/** As many members of an object. */
export function members(count: number): JsonObject {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, { type: 'string' }]));
}

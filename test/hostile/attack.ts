import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json, JsonObject } from '../../src/catalog/json.js';
import type { Event } from '../../src/catalog/model.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { Rejected, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { generate } from '../../src/generate.js';
import { filesBelow } from '../cases/run.js';

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

/**
 * Generates from a hostile document, as a user would, in a project of its own; and sees to it that a refusal writes nothing,
 * that nothing is written beside the kit, and that nothing of the document ran.
 */
export async function attack(
  spec: JsonObject | string,
  file = typeof spec === 'string' ? 'spec.yaml' : 'spec.json',
): Promise<Outcome> {
  const text = typeof spec === 'string' ? spec : JSON.stringify(spec, null, 2);
  const project = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'project');
  mkdirSync(project);
  writeFileSync(join(project, file), text);
  const outcome = await attempt(project, file, text);
  const written = readdirSync(project).filter((name) => name !== file);
  if (written.join() !== ('kit' in outcome ? 'events' : '')) throw new Error(`it wrote ${written.join()}`);
  if (readdirSync(dirname(project)).length > 1) throw new Error('it wrote beside the project');
  if ('PWNED' in globalThis) throw new Error('it ran');
  return outcome;
}

async function attempt(cwd: string, file: string, text: string): Promise<Outcome> {
  try {
    const { catalog, diagnostics } = await generate({ cwd, out: 'events', spec: [file] });
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
    return {
      exit: Math.min(...diagnostics.map(({ code }) => catalogue[code].exit)),
      findings: diagnostics.map(shown),
      said: diagnostics[0]?.message ?? '',
      at: textAt(text, diagnostics[0]),
    };
  }
}

function shown({ code, position }: Diagnostic): string {
  return position === undefined ? code : `${code} ${position.file}:${position.line}:${position.column}`;
}

function textAt(text: string, found: Diagnostic | undefined): string | undefined {
  if (found?.position === undefined) return undefined;
  const { line, column } = found.position;
  return text
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

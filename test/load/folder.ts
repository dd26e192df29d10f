import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Document } from '../../src/model/document.js';
import { Rejected, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { load, type LoadRequest } from '../../src/load/load.js';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files into a new folder that goes when the test ends. */
export function folder(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'load-')));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

export interface Outcome {
  readonly documents: readonly Document[];
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** Loads documents of a folder; what was found comes back as data. */
export async function loadIn(
  root: string,
  specs: readonly string[],
  more: Partial<LoadRequest> = {},
): Promise<Outcome> {
  const warnings: Diagnostic[] = [];
  const request = { specs: specs.map((each) => join(root, each)), overlays: [], cwd: root, ...more };
  try {
    return { documents: await load(request, (each) => warnings.push(each)), errors: [], warnings };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return { documents: [], errors: error.diagnostics, warnings };
  }
}

/** Loads one file as the only document of a new folder. */
export async function loadText(content: string | Uint8Array, name = 'api.yaml'): Promise<Outcome> {
  return loadIn(folder({ [name]: content }), [name]);
}

/** A finding in short: `ref-remote api.yaml:3:9`. */
export function brief({ code, position }: Diagnostic): string {
  return position ? `${code} ${position.file}:${position.line}:${position.column}` : code;
}

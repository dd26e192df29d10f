import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { out } from '../project.js';
import { put } from '../tree.js';
import { manifest } from './state.js';

/** One thing that happens to a project. */
export type Step = (project: string) => void;

export const nothing: Step = () => undefined;

export function all(...steps: readonly Step[]): Step {
  return (project) => {
    for (const step of steps) step(project);
  };
}

/** Changes a text; a change that changes nothing is a mistake of the test. */
export function edit(path: string, change: (text: string) => string): Step {
  return (project) => {
    const file = join(project, path);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${path} is as it was`);
    writeFileSync(file, after);
  };
}

export function write(path: string, content: string | Uint8Array): Step {
  return (project) => {
    put(project, { [path]: content });
  };
}

export function remove(path: string): Step {
  return (project) => {
    rmSync(join(project, path), { recursive: true });
  };
}

export function move(from: string, to: string): Step {
  return (project) => {
    mkdirSync(dirname(join(project, to)), { recursive: true });
    renameSync(join(project, from), join(project, to));
  };
}

/** Makes a link; the target is as it stands in the link. */
export function link(path: string, target: string): Step {
  return (project) => {
    symlinkSync(target, join(project, path));
  };
}

/** The same for the files of the kit, by their paths in it. */
export const kit = {
  edit: (path: string, change: (text: string) => string) => edit(`${out}/${path}`, change),
  write: (path: string, content: string | Uint8Array) => write(`${out}/${path}`, content),
  remove: (path: string) => remove(`${out}/${path}`),
  link: (path: string, target: string) => link(`${out}/${path}`, target),
};

export interface Recorded {
  manifest: unknown;
  generator: unknown;
  options: Record<string, unknown>;
  stubs: Record<string, unknown>;
  files?: Record<string, unknown>;
}

/** Edits the manifest as data. */
export function record(change: (recorded: Recorded & { files: Record<string, unknown> }) => void): Step {
  return kit.edit(manifest, (text) => {
    const recorded = JSON.parse(text) as Recorded & { files: Record<string, unknown> };
    change(recorded);
    return `${JSON.stringify(recorded, undefined, 2)}\n`;
  });
}

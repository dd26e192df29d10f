import { byCodeUnit } from '../../../src/kit/path.js';
import type { Report } from '../project.js';
import { shop, shopWithRefunds } from '../shop.js';
import { put } from '../tree.js';

/** A state that a project can get into after its kit was made, and what the commands make of it. */
export interface State {
  readonly name: string;
  /** Brings the state about. */
  readonly make: (project: string) => void;
  /** Options of both commands; the kit is looked for in `src/events` where they do not say. */
  readonly options?: string;
  readonly check: Report;
  readonly generate: Report;
  /** What `generate` changes on the disk: nothing where it is left out. */
  readonly writes?: readonly string[];
  /** What the user does where `generate` refuses, or where its result is not what was meant. */
  readonly wayOut?: WayOut;
}

export interface WayOut {
  readonly mend?: (project: string) => void;
  /** Options that `generate` needs once, beside those of the state. */
  readonly options?: string;
}

type Outcome = Pick<State, 'check' | 'generate' | 'writes' | 'wayOut'>;

export const manifest = '.freshworks-gen.json';
export const lock = '.freshworks-gen.lock';
export const journal = '.freshworks-gen.journal';

/** Nothing differs, and nothing is written. */
export const upToDate: Outcome = { check: [0], generate: [0] };

/** Both commands refuse, and nothing is written. */
export function refused(finding: string | readonly string[], wayOut: WayOut): Outcome {
  const findings = [finding].flat();
  return { check: [2, ...findings], generate: [2, ...findings], wayOut };
}

/** Some generated files, and the manifest with their hashes, are to be others, and `generate` replaces them. */
export function outdated(...files: readonly string[]): Outcome {
  return {
    check: [4, ...[...files].sort(byCodeUnit).map((path) => `changed ${path}`), `changed ${manifest}`],
    generate: [0],
    writes: [manifest, ...files].map((path) => `~ ${path}`).sort(byLastWord),
  };
}

/** Some files are missing, and `generate` makes them. */
export function missing(...files: readonly string[]): Outcome {
  return {
    check: [4, ...files.map((path) => `missing ${path}`)],
    generate: [0],
    writes: files.map((path) => `+ ${path}`),
  };
}

/** The same, with findings that are no errors. */
export function warned({ check, generate, ...more }: Outcome, findings: readonly string[]): Outcome {
  const [found, ...drift] = check;
  const [done, ...others] = generate;
  return { ...more, check: [found, ...findings, ...drift], generate: [done, ...findings, ...others] };
}

/** A file is somebody's own work, which `generate` overwrites or removes with `--force` alone. */
export function edited(file: string): Outcome {
  return { check: [4, `edited ${file}`], generate: [2, 'output-edited'], wayOut: { options: '--force' } };
}

/** Orders `~ index.ts` and `changed index.ts` by the path in them. */
export function byLastWord(left: string, right: string): number {
  return byCodeUnit(left.slice(left.lastIndexOf(' ')), right.slice(right.lastIndexOf(' ')));
}

export function document(text: string): (project: string) => void {
  return (project) => {
    put(project, { 'api/shop.yaml': text });
  };
}

/** What the document's next event changes. */
export const anEventMore = outdated(
  'collected-handlers.ts',
  'events.ts',
  'handlers/shop.ts',
  'samples.ts',
  'validators/compiled.ts',
  'validators/index.ts',
);
export const gainAnEvent = document(shopWithRefunds);
export const restoreTheDocument = document(shop);

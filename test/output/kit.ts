import type { LayoutOf } from '../../src/kit/prettier-options.js';
import { plan, type Plan, type PlanRequest, type State } from '../../src/output/plan.js';
import { readHandlers } from '../../src/kit/handlers.js';
import { readManifest } from '../../src/kit/manifest.js';
import { write } from '../../src/output/write.js';
import { Rejected } from '../../src/diagnostics/diagnostic.js';

export const next: PlanRequest['next'] = { generator: '1.0.0', options: {}, documents: [], stubs: new Map() };

export const layoutOf: LayoutOf = () => Promise.resolve({ options: {}, lineEnd: '\n' });

export interface Kit {
  readonly files: Readonly<Record<string, string>>;
  readonly handlers?: Readonly<Record<string, string>>;
}

/** Plans a kit against what is on disk, as the program does. */
export async function planKit(out: string, { files, handlers = {} }: Kit): Promise<Plan> {
  return plan({
    out,
    files: new Map(Object.entries(files)),
    handlers: new Map(Object.entries(handlers)),
    handlersBefore: await readHandlers(out),
    manifest: await readManifest(out),
    layoutOf,
    next,
  });
}

/** Plans and writes. */
export async function writeKit(out: string, kit: Kit, options: { force?: boolean } = {}): Promise<void> {
  await write(await planKit(out, kit), options);
}

export function states(plan: Plan): Record<string, State> {
  return Object.fromEntries(plan.files.map(({ path, state }) => [path, state]));
}

/** The codes a run was rejected with. */
export async function rejection(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
  return [];
}

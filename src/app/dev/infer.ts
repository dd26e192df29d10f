import { isAbsolute, relative } from 'node:path';
import type { Options } from '../../config/settings.js';
import type { Inference } from '../../dev/api.js';
import { word } from '../../dev/shell.js';
import type { Store } from '../../store/store.js';
import { documentWords, type DocumentFlags } from '../document-words.js';
import { observationsOf } from '../observed.js';
import { allDocuments } from './documents.js';

/** Where nothing names an overlay of the user's. */
const newOverlay = 'deliveries.overlay.yaml';

export interface InferContext {
  readonly store: Store;
  readonly kits: readonly Options[];
  /** What the command line says of the documents. */
  readonly flags: DocumentFlags;
  readonly cwd: string;
}

/**
 * What `freshworks-gen infer` would write, for the page to show. Writes nothing.
 *
 * @param ids all that were received, by default
 */
export async function inferKept(
  ids: readonly string[] | undefined,
  { store, kits, flags, cwd }: InferContext,
): Promise<Inference> {
  const { inferFrom } = await import('../infer.js');
  const options = allDocuments(kits);
  const overlay = options?.overlay?.at(-1) ?? newOverlay;
  const {
    overlay: text,
    changes,
    types,
  } = await inferFrom((kit, find) => observationsOf(store, { kit, find, ids }), {
    options: { ...options, cwd },
    overlay,
  });
  return {
    ...(text !== undefined && { overlay: text }),
    changes,
    types,
    command: commandFor(ids, flags, shownPath(overlay, cwd)),
  };
}

/** The command line that writes it. Chosen deliveries are written to files first: `infer dev` takes all. */
function commandFor(ids: readonly string[] | undefined, flags: DocumentFlags, overlay: string): string {
  const words = documentWords(flags);
  const { overlay: named = [], ...others } = flags;
  const target = documentWords({ ...others, overlay: named.length > 0 ? named : [overlay] });
  return ids === undefined
    ? `npx freshworks-gen infer dev${target}`
    : `npx freshworks-gen dev --export deliveries${words} ${ids.map(word).join(' ')} && npx freshworks-gen infer deliveries${target}`;
}

function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below.startsWith('..') || !isAbsolute(path) ? path : below;
}

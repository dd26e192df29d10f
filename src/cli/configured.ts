import type { Witness } from '../catalog/witness.js';
import type { Options } from '../config/settings.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { Flags } from './program.js';

export interface Configured {
  readonly kits: readonly { readonly options: Options }[];
}

/** What is to be done, from flags and the configuration file. */
export async function configured(
  flags: Flags,
  { out }: { readonly out?: string; readonly witness?: Witness } = {},
): Promise<Configured> {
  const folder = flags.out ?? out;
  if (folder === undefined) throw new Rejected(diagnostic('option-missing', 'no --out was given'));
  const { spec, overlay, refRoot, literal, products, handlers, replay } = flags;
  return Promise.resolve({
    kits: [{ options: { out: folder, spec, overlay, refRoot, literal, products, handlers, replay } }],
  });
}

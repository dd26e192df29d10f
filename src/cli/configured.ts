import type { Witness } from '../catalog/witness.js';
import type { Configuration } from '../configure.js';
import type { Flags } from './program.js';

interface Wanted {
  /** False for a command that reads documents alone, and needs no kit. */
  readonly needsOut?: boolean;
  readonly witness?: Witness;
}

/** What flags and the configuration ask for. */
export async function configured(flags: Flags, wanted: Wanted = {}): Promise<Configuration> {
  const { needsOut = true, witness } = wanted;
  const { configure } = await import('../configure.js');
  const { config, out, spec, overlay, refRoot, literal, products, handlers, adapters, replay } = flags;
  const given = { config, spec, overlay, refRoot, literal, products, handlers, adapters, replay };
  return configure({ ...given, ...(out !== undefined && { out }) }, process.cwd(), witness, needsOut);
}

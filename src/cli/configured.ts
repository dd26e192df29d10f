import type { Json } from '../model/json.js';
import type { AddDependency } from '../model/dependency.js';
import type { Configuration } from '../app/configure.js';
import { cacheFor } from '../app/run-cache.js';
import type { Flags } from './flags.js';

interface Wanted {
  /** False for a command that reads documents alone, and needs no kit. */
  readonly needsOut?: boolean;
  /** Is called with every file that the answer depends on; then nothing is cached. */
  readonly addDependency?: AddDependency;
}

/**
 * What flags and the configuration ask for. What a configuration that is data says is remembered, and that there is none
 * as well: reading it, or loading what could, takes as long as all else in a run that finds nothing new.
 */
export async function configured(
  flags: Flags,
  { needsOut = true, addDependency }: Wanted = {},
): Promise<Configuration> {
  const {
    config,
    out,
    spec,
    overlay,
    refRoot,
    literal,
    products,
    handlers,
    adapters,
    inbox,
    clients,
    replay,
  } = flags;
  const given = {
    config,
    spec,
    overlay,
    refRoot,
    literal,
    products,
    handlers,
    adapters,
    inbox,
    clients,
    replay,
  };
  const asked = { ...given, ...(out !== undefined && { out }) };
  const cache = addDependency ? undefined : cacheFor({ configuration: asked, needsOut }, []);
  const kept = cache?.recall();
  if (kept !== undefined) return kept as unknown as Configuration;

  const { configure } = await import('../app/configure.js');
  const configuration = await configure(
    asked,
    process.cwd(),
    addDependency ?? cache?.addDependency,
    needsOut,
  );
  if (!configuration.isProgram)
    cache?.keep(configuration as unknown as Json, { folder: process.cwd(), files: new Map() });
  return configuration;
}

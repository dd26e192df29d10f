import { resolve } from 'node:path';
import type { Options } from '../config/settings.js';

/** The kits that somebody has named a folder for. Where nobody has, it is the working directory, which holds no kit. */
export function kitsWithFolder<Kit extends { readonly options: Options }>(
  kits: readonly Kit[],
): readonly Kit[] {
  return kits.filter(({ options }) => resolve(options.out) !== process.cwd());
}

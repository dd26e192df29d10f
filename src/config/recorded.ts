import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { JsonObject } from '../model/json.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import type { Position } from '../diagnostics/source-location.js';
import { isGone } from '../disk/errno.js';
import { options as table, shippedWord, type OptionName } from './options.js';
import type { Settings } from './settings.js';

/** What the manifest of a kit has recorded. */
export interface Recorded {
  readonly options: JsonObject;
  /** Where a member stands in the manifest; undefined for a manifest that was not read from a file. */
  readonly positionOf?: ((path: readonly string[]) => Position) | undefined;
}

/**
 * Sees to it that what the manifest records is still where it was from the kit's folder. A kit that was moved to another
 * depth finds nothing there, and the path in a plain message would be one that nobody typed.
 *
 * @throws Rejected `recorded-missing` naming every option whose path leads nowhere
 */
export async function checkRecorded(
  { out, cwd, replayed, ...options }: Settings,
  recorded: Recorded | undefined,
): Promise<void> {
  const paths: readonly (readonly [OptionName, readonly string[]])[] = [
    ['spec', (options.spec ?? []).filter((path) => path !== shippedWord)],
    ['overlay', options.overlay],
    ['refRoot', options.refRoot === undefined ? [] : [options.refRoot]],
  ];
  const missing: Diagnostic[] = [];
  for (const [name, each] of paths) {
    if (!replayed.includes(name)) continue;
    for (const path of each) {
      if (await isThere(path)) continue;
      const fromOut = relative(out, path).split(sep).join('/');
      const message = `records ${flagOf(name)} ${fromOut}, and ${fileName(path, cwd)} does not exist.`;
      missing.push(inManifest(diagnostic('recorded-missing', message), name, recorded));
    }
  }
  if (missing.length > 0) throw new Rejected(...missing);
}

/**
 * Reads documents for the products that are in force. The documents do not know who asked for a product that they lack: where
 * it was the manifest, the finding says so.
 */
export async function withRecordedProducts<T>(
  { products = [], replayed }: Settings,
  recorded: Recorded | undefined,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Rejected) || !replayed.includes('products')) throw error;
    throw new Rejected(
      ...error.diagnostics.map((found) => {
        if (found.code !== 'product-unknown') return found;
        const message = `records ${flagOf('products')} ${products.join()}, and ${found.message}. ${anew('products')}`;
        return inManifest({ ...found, message }, 'products', recorded);
      }),
    );
  }
}

/** Findings about the words of an option that the manifest has recorded. */
export function recordedWords(
  unknown: readonly Diagnostic[],
  name: OptionName,
  recorded: Recorded | undefined,
): Rejected {
  return new Rejected(
    ...unknown.map((found) => {
      const message = `records ${flagOf(name)}, and ${found.message} ${anew(name)}`;
      return inManifest({ ...found, message }, name, recorded);
    }),
  );
}

/** A finding about a recorded option, at its key. The message goes on behind the name of the manifest. */
export function inManifest(found: Diagnostic, name: OptionName, recorded: Recorded | undefined): Diagnostic {
  const position = recorded?.positionOf?.(['options', name]);
  const message = `${position?.file ?? 'The manifest'} ${found.message}`;
  return { ...found, message, ...(position && { position }) };
}

function anew(name: OptionName): string {
  return `Give \`${flagOf(name)}\` anew on the command line: \`generate\` records it.`;
}

/** The option as the command line has it, without its value. */
function flagOf(name: OptionName): string {
  const { syntax = '' } = table.find((entry) => entry.name === name) ?? {};
  return /--[a-z-]+/.exec(syntax)?.[0] ?? name;
}

/** Whether anything is there: what it is, and whether it may be read, is for those to say who read it. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => !isGone(error),
  );
}

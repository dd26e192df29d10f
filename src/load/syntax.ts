import { extname } from 'node:path';
import type { Report } from '../diagnostics/diagnostic.js';
import type { Source } from '../diagnostics/source.js';
import { readJson } from './json.js';
import type { Offsets } from './offsets.js';
import { rejected } from './rejection.js';
import { isObject, type TreeObject } from './tree.js';
import { readYaml } from './yaml.js';

/**
 * Reads a source whose root has to be an object: as JSON when its name ends in `.json`, else as YAML.
 *
 * @throws Rejected at the first thing that is wrong.
 */
export function readTree(source: Source, offsets: Offsets, report: Report): TreeObject {
  const read = extname(source.file).toLowerCase() === '.json' ? readJson : readYaml;
  const tree = read(source, offsets, report);
  if (isObject(tree)) return tree;
  const kind = tree === null ? 'null' : Array.isArray(tree) ? 'a list' : `a ${typeof tree}`;
  // What is not a document is not quoted: it may be anything.
  const unquoted = { ...source, quotable: false };
  const offset = Math.max(0, source.text.search(/\S/u));
  throw rejected('root-not-object', `${source.file} holds ${kind}, not an object.`, {
    source: unquoted,
    offset,
  });
}

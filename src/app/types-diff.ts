import { difference } from '../diff/difference.js';
import { emitPayloads } from '../emit/payloads.js';
import type { EmittedFile } from '../kit/file.js';
import { format } from '../output/format.js';
import type { Catalog } from '../model/catalog.js';

/** What a change of documents means for the payload types: a unified diff of the files that differ, laid out by Prettier. */
export async function typesDiff(before: Catalog, after: Catalog): Promise<string> {
  const [old, next] = await Promise.all([emitPayloads(before, '.js'), emitPayloads(after, '.js')]);
  const [was, is] = [old, next].map((files) => new Map(files.map((file) => [file.path, file])));
  const laidOut = async (file: EmittedFile | undefined) => (file ? await format(file, {}) : undefined);
  const parts = [...new Set([...old, ...next].map(({ path }) => path))].sort().map(async (path) => {
    const [from, to] = [was?.get(path), is?.get(path)];
    return from?.code === to?.code ? '' : difference(path, await laidOut(from), await laidOut(to), Infinity);
  });
  return (await Promise.all(parts)).join('');
}

import { createTwoFilesPatch } from 'diff';
import { emitPayloads } from '../emit/payloads.js';
import type { EmittedFile } from '../kit/file.js';
import { format } from '../output/format.js';
import type { Catalog } from '../model/catalog.js';

/** Beyond this many changed lines nobody reads a diff. */
const comparedAtMost = 4_000;

/** What a change of documents means for the payload types: a unified diff of the files that differ, laid out by Prettier. */
export async function typesDiff(before: Catalog, after: Catalog): Promise<string> {
  const [old, next] = await Promise.all([emitPayloads(before, '.js'), emitPayloads(after, '.js')]);
  const paths = [...new Set([...old, ...next].map(({ path }) => path))].sort();
  const parts = paths.map(async (path) => {
    const [was, is] = [old, next].map((files) => files.find((file) => file.path === path));
    if (was?.code === is?.code) return '';
    const laidOut = async (file: EmittedFile | undefined) => (file ? format(file, {}) : '');
    const [from, to] = await Promise.all([laidOut(was), laidOut(is)]);
    const options = { context: 2, maxEditLength: comparedAtMost } as const;
    const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, from, to, '', '', options);
    return patch?.replace(/^=+\n/, '').replace(/^((?:---|\+\+\+) .*)\t$/gm, '$1') ?? '';
  });
  return (await Promise.all(parts)).join('');
}

import { manifestPath } from './manifest.js';
import type { LayoutOf } from './prettier-options.js';
import { byCodeUnit, isHandlerPath, pathObjection } from './path.js';

export const attributesPath = '.gitattributes';

/**
 * The `.gitattributes` of a kit: reviews fold what nobody reads, the validators, the runtime and the manifest, and show types,
 * schemas and events; a checkout keeps the bytes of all of them. Handlers are the user's and get no line; nor does any file
 * that merely lies in the same folder.
 *
 * @param paths every generated file; this one and the manifest are added
 */
export function attributes(paths: Iterable<string>, layoutOf: LayoutOf): string {
  const generated = new Set([...paths, attributesPath, manifestPath]);
  const lines = [...generated]
    // Free of objections, a path holds no character that git reads as a pattern.
    .filter((path) => !isHandlerPath(path) && (path === manifestPath || pathObjection(path) === undefined))
    .sort(byCodeUnit)
    .map(
      (path) =>
        `/${path} ${isFolded(path) ? 'linguist-generated=true ' : ''}text eol=${layoutOf(path).lineEnd === '\n' ? 'lf' : 'crlf'}\n`,
    );
  return `# Written by freshworks-gen.\n${lines.join('')}`;
}

function isFolded(path: string): boolean {
  return path === manifestPath || /^(?:validators|runtime)\//.test(path);
}

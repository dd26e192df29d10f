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
export async function attributes(paths: Iterable<string>, layoutOf: LayoutOf): Promise<string> {
  const generated = new Set([...paths, attributesPath, manifestPath]);
  const listed = [...generated]
    // Free of objections, a path holds no character that git reads as a pattern.
    .filter((path) => !isHandlerPath(path) && (path === manifestPath || pathObjection(path) === undefined))
    .sort(byCodeUnit);
  const lines: string[] = [];
  for (const path of listed) {
    const { lineEnd } = await layoutOf(path);
    lines.push(
      `/${path} ${isFolded(path) ? 'linguist-generated=true ' : ''}text eol=${lineEnd === '\n' ? 'lf' : 'crlf'}\n`,
    );
  }
  return `# Written by freshworks-gen.\n${lines.join('')}`;
}

function isFolded(path: string): boolean {
  return path === manifestPath || /^(?:validators|runtime)\//.test(path);
}

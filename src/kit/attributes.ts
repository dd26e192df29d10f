import { manifestPath } from './manifest.js';
import { byCodeUnit, isHandlerPath, pathObjection } from './path.js';

export const attributesPath = '.gitattributes';

/**
 * The `.gitattributes` of a kit: reviews fold generated files, and a checkout keeps their bytes. Handlers are the user's
 * and get no line; nor does any file that merely lies in the same folder.
 *
 * @param paths every generated file; this one and the manifest are added
 */
export function attributes(paths: Iterable<string>): string {
  const generated = new Set([...paths, attributesPath, manifestPath]);
  const lines = [...generated]
    // Free of objections, a path holds no character that git reads as a pattern.
    .filter((path) => !isHandlerPath(path) && (path === manifestPath || pathObjection(path) === undefined))
    .sort(byCodeUnit)
    .map((path) => `/${path} linguist-generated=true text eol=lf\n`);
  return `# Written by freshworks-gen.\n${lines.join('')}`;
}

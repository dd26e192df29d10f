import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRegularFileSync } from '../../disk/regular-file.js';
import { isTypeScript, readScript } from './script.js';

/** A module that cannot be run, told before Node's loader fails in words of its own. */
export interface Broken {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
  readonly problem: string;
}

/** What the hooks need to know, which may be in another thread than the one that asks. */
export interface Setting {
  /** The URL of this package's library, for a configuration beside which none is installed. */
  readonly library: string;
  readonly port: { postMessage(broken: Broken): void };
}

let setting: Setting | undefined;

export function initialize(given: Setting): void {
  setting = given;
}

interface ResolveContext {
  readonly parentURL?: string | undefined;
}

/** Finds `./part.ts` also by the names that compilers take: `./part.js` and `./part`. */
export function resolve<Result>(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => Result,
): Result | { readonly url: string; readonly shortCircuit: true } {
  const { parentURL } = context;
  if (setting === undefined || !parentURL?.startsWith('file:')) return next(specifier, context);
  if (specifier === 'freshworks-gen' && !isInstalledAbove(fileURLToPath(parentURL)))
    return { url: setting.library, shortCircuit: true };
  if (!/^\.\.?\//.test(specifier) || isForeign(parentURL)) return next(specifier, context);
  const candidates = [specifier, specifier.replace(/\.(m?)js$/, '.$1ts'), `${specifier}.ts`];
  const found = candidates.find((each) => existsSync(fileURLToPath(new URL(each, parentURL))));
  return next(found ?? specifier, context);
}

/** Gives Node the configuration's own modules as JavaScript, as ES modules whatever the project's `type`. */
export function load<Result>(
  url: string,
  context: object,
  next: (url: string, context: object) => Result,
): Result | { readonly format: 'module'; readonly source: string; readonly shortCircuit: true } {
  if (!/^file:.*\.m?[jt]s(?:[?#]|$)/i.test(url) || isForeign(url)) return next(url, context);
  const path = fileURLToPath(url);
  const text = readRegularFileSync(path, 16 * 2 ** 20).toString();
  const script = readScript(path, text);
  if ('problem' in script) {
    const { offset, problem } = script;
    setting?.port.postMessage({ path, text, offset, problem });
    throw new SyntaxError(problem);
  }
  const isModule = script.isModule || isTypeScript(path) || path.endsWith('.mjs');
  return isModule ? { format: 'module', source: script.code, shortCircuit: true } : next(url, context);
}

/** Packages and this program are as Node wants them. */
function isForeign(url: string): boolean {
  const own = setting && new URL('.', setting.library).href;
  return url.includes('/node_modules/') || (own !== undefined && url.startsWith(own));
}

function isInstalledAbove(file: string): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules/freshworks-gen/package.json'))) return true;
    if (folder === dirname(folder)) return false;
  }
}

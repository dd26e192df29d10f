import { createHash } from 'node:crypto';
import module from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Rejected, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { fileName } from '../../diagnostics/file-name.js';
import type { SourceLocation } from '../../diagnostics/source-location.js';
import { createSource, locationAt, type Source } from '../../diagnostics/source.js';
import { readRegularFileSync } from '../../disk/regular-file.js';
import { collectIssues } from '../issues.js';
import { findingIn, type Written } from '../written.js';
import type { Broken, Setting } from './hooks.js';
import { plainValue } from './plain.js';
import { OutOfTime, programTakesAtMostMs, watchdog } from './watchdog.js';

/** Far above what people write. */
const bytesAtMost = 16 * 2 ** 20;

/**
 * Runs a configuration and takes what it exports by default, awaited, and called where it is a function. Nothing is written
 * to disk.
 *
 * @param path absolute
 * @param name the file as messages show it
 * @param atMostMs how long it may take
 * @throws Rejected where it cannot be run, fails, does not finish, or gives something other than plain data
 */
export async function runProgram(
  path: string,
  name: string,
  cwd: string,
  atMostMs = programTakesAtMostMs,
): Promise<Written> {
  const value = await evaluated(path, name, cwd, atMostMs);
  const written: Written = {
    file: name,
    folder: dirname(path),
    value: null,
    locationOf: () => undefined,
    keyLocationOf: () => undefined,
  };
  const issues = collectIssues(written);
  const plain = plainValue(value, issues);
  issues.end();
  return { ...written, value: plain };
}

async function evaluated(path: string, name: string, cwd: string, atMostMs: number): Promise<unknown> {
  const bound = watchdog(atMostMs);
  try {
    // All of it: what is broken off, be it a step of Node's loader, never goes on.
    return await Promise.race([loaded(path, name, cwd), bound.never]);
  } catch (error) {
    throw rejection(error, [], name, cwd);
  } finally {
    await bound.stop();
  }
}

async function loaded(path: string, name: string, cwd: string): Promise<unknown> {
  const url = pathToFileURL(path);
  // Node runs a module once: a run that follows changes asks for what the file is now.
  url.search = createHash('sha256').update(readRegularFileSync(path, bytesAtMost)).digest('hex').slice(0, 16);
  if (path.endsWith('.mjs')) {
    // Node takes it as it is, and the hooks take longer than a run that finds nothing new.
    try {
      return await exported(url, name);
    } catch (error) {
      if (!isOfLoader(error)) throw error;
    }
  }
  const hooked = await hook();
  try {
    // By another name: Node remembers what it could not load.
    return await exported(new URL(`${url.search}-hooked`, url), name);
  } catch (error) {
    throw rejection(error, hooked.broken(), name, cwd);
  } finally {
    hooked.stop();
  }
}

async function exported(url: URL, name: string): Promise<unknown> {
  const namespace = (await import(url.href)) as { readonly default?: unknown };
  if (!('default' in namespace))
    throw new Rejected(findingIn(name, 'config-no-export', 'there is no default export.', undefined));
  const value = await namespace.default;
  return typeof value === 'function' ? await (value as () => unknown)() : value;
}

/** Whether a module was not even begun, and hooks may get further or say why. */
function isOfLoader(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return (
    typeof code === 'string' && /^ERR_(?:MODULE|PACKAGE|UNKNOWN|UNSUPPORTED|REQUIRE|AMBIGUOUS)_/.test(code)
  );
}

function rejection(error: unknown, broken: readonly Broken[], name: string, cwd: string): Rejected {
  return error instanceof Rejected ? error : new Rejected(...failures(error, broken, name, cwd));
}

interface Hooked {
  /** The modules that could not be given to Node. */
  broken(): readonly Broken[];
  stop(): void;
}

type RegisterHooks = (hooks: object) => { deregister(): void };

/** Hooks into Node's loader: in this thread, where Node can do that; else in one of their own. */
async function hook(): Promise<Hooked> {
  const library = new URL('./index.js', import.meta.url).href;
  const { registerHooks } = module as { readonly registerHooks?: RegisterHooks };
  if (registerHooks) {
    const broken: Broken[] = [];
    const hooks = await import('./hooks.js');
    hooks.initialize({ library, port: { postMessage: (each) => broken.push(each) } });
    const registered = registerHooks(hooks);
    return { broken: () => broken, stop: () => registered.deregister() };
  }
  const { port1, port2 } = new MessageChannel();
  module.register<Setting>(new URL('./config-hooks.js', import.meta.url), {
    data: { library, port: port2 },
    transferList: [port2],
  });
  return {
    broken() {
      const broken: Broken[] = [];
      for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1))
        broken.push((next as { readonly message: Broken }).message);
      return broken;
    },
    stop: () => port1.close(),
  };
}

function failures(
  error: unknown,
  broken: readonly Broken[],
  name: string,
  cwd: string,
): readonly Diagnostic[] {
  if (broken.length > 0) {
    return broken.map(({ path, text, offset, problem }) =>
      findingIn(name, 'config-syntax', problem, locationAt(createSource(fileName(path, cwd), text), offset)),
    );
  }
  if (error instanceof OutOfTime) return [findingIn(name, 'config-endless', error.message, undefined)];
  const code = error instanceof SyntaxError ? 'config-syntax' : 'config-failed';
  return [findingIn(name, code, `it ended with ${wordsOf(error)}`, locationOfError(error, cwd))];
}

function wordsOf(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return typeof error === 'object' ? 'an exception that is no error' : String(error);
}

/** Where an error was thrown: the first of its frames that is in a file of the user's, packages left aside. */
function locationOfError(error: unknown, cwd: string): SourceLocation | undefined {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return undefined;
  for (const [, at = '', line, column] of error.stack.matchAll(
    /(file:\/\/[^\n]*?|(?:[A-Z]:\\|\/)[^\n]*?):(\d+):(\d+)/g,
  )) {
    const source = sourceOf(at, cwd);
    if (source) return locationAt(source, (source.lineStarts()[Number(line) - 1] ?? 0) + Number(column) - 1);
  }
  return undefined;
}

function sourceOf(at: string, cwd: string): Source | undefined {
  if (at.includes('/node_modules/') || at.startsWith(new URL('.', import.meta.url).href)) return undefined;
  try {
    const path = at.startsWith('file:') ? fileURLToPath(at) : at;
    return createSource(fileName(path, cwd), readRegularFileSync(path, bytesAtMost).toString());
  } catch {
    return undefined;
  }
}

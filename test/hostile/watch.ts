import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * What a run does beside returning: the files it opens, the connections and look-ups it begins, the processes and threads it
 * starts. Files and synchronous processes are seen where `node:fs` and `node:child_process` are called, the rest where Node
 * itself makes the handle, so that nothing holds on to an older function.
 */
type Deed = readonly [what: string, path?: string];

/** What the work that is under way has done: a connection that a test before has left behind is none of it. */
const under = new AsyncLocalStorage<Deed[]>();

/** Does some work, and tells what it did: `connects`, `reads /etc/passwd`. The program's own files do not count. */
export async function watched<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly deeds: readonly string[] }> {
  const seen: Deed[] = [];
  hook.enable();
  try {
    const value = await under.run(seen, work);
    // What was begun and not waited for is begun by now.
    await new Promise((done) => setImmediate(done));
    const counted = seen.filter(([, path]) => path === undefined || !isOwn(path));
    return { value, deeds: [...new Set(counted.map(([what, path]) => (path ? `${what} ${path}` : what)))] };
  } finally {
    // It slows everything down.
    hook.disable();
  }
}

/** What is read of the project around a kit: how it lays out code and spells imports. */
const conventions =
  /^(?:tsconfig\.json|package\.(?:json|json5|yaml)|\.editorconfig|\.?prettier.*|\.gitignore)$/;

/** The deeds that a document in a folder does not explain: all but reading below it, and the project's conventions. */
export function unexplained(done: readonly string[], folder: string): readonly string[] {
  return done.filter((each) => {
    const path = /^reads (.*)$/s.exec(each)?.[1];
    return path === undefined || !(isBelow(path, folder) || conventions.test(basename(path)));
  });
}

const program = fileURLToPath(new URL('../../', import.meta.url));

/** Which may be a link. */
const libraries = fs.realpathSync(resolve(program, 'node_modules'));

function isOwn(path: string): boolean {
  return isBelow(path, program) || isBelow(path, libraries);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

const handles: Readonly<Record<string, string>> = {
  TCPWRAP: 'connects',
  TCPCONNECTWRAP: 'connects',
  TLSWRAP: 'connects',
  UDPWRAP: 'connects',
  PIPECONNECTWRAP: 'connects',
  GETADDRINFOREQWRAP: 'looks up a host',
  GETNAMEINFOREQWRAP: 'looks up a host',
  QUERYWRAP: 'looks up a host',
  PROCESSWRAP: 'starts a process',
  WORKER: 'starts a thread',
};

const hook = createHook({
  init(_, type) {
    const what = handles[type];
    if (what !== undefined) under.getStore()?.push([what]);
  },
});

function pathOf(file: unknown): string {
  if (file instanceof URL) return file.protocol === 'file:' ? fileURLToPath(file) : file.href;
  return typeof file === 'string' || Buffer.isBuffer(file) ? resolve(String(file)) : 'an open file';
}

function noting(owner: object, names: readonly string[], what: string): void {
  const functions = owner as Record<string, (...args: unknown[]) => unknown>;
  for (const name of names) {
    const real = functions[name];
    if (real === undefined) throw new Error(`Node has no ${name}`);
    functions[name] = function (this: unknown, ...args: unknown[]) {
      under.getStore()?.push(what === 'reads' ? [what, pathOf(args[0])] : [what]);
      return real.apply(this, args);
    };
  }
}

const reading = ['readFile', 'open', 'opendir', 'readdir', 'readlink', 'cp', 'copyFile'];
noting(fs.promises, reading, 'reads');
noting(fs, [...reading, ...reading.map((name) => `${name}Sync`), 'createReadStream'], 'reads');
noting(childProcess, ['spawnSync', 'execSync', 'execFileSync'], 'starts a process');
syncBuiltinESMExports();

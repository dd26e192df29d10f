import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Aspect, AddDependency } from '../model/dependency.js';
import { fingerprint } from './cache/fingerprint.js';

/** Everything that a run depends on, as it was when the run looked. */
export interface Watcher {
  readonly addDependency: AddDependency;
  /** How many files and folders there are to it. */
  readonly size: number;
  /** Waits until anything of it is different. */
  change(): Promise<void>;
}

/** Where no event reports a change, as on some network drives, it is found by looking at when files were changed. */
const lookEveryMs = 1_000;

/** An editor that saves in two steps, emptying the file first, has taken the second by then. */
const settlesInMs = 15;

export function newWatcher(): Watcher {
  const seen = new Map<string, readonly [aspect: Aspect, path: string, state: string | undefined]>();
  const now = () => [...seen.values()].map(([aspect, path]) => fingerprint(aspect, path) ?? '').join('\n');
  const then = () => [...seen.values()].map(([, , state]) => state ?? '').join('\n');

  return {
    addDependency(aspect, path) {
      const key = `${aspect} ${path}`;
      if (!seen.has(key)) seen.set(key, [aspect, path, fingerprint(aspect, path)]);
    },
    get size() {
      return seen.size;
    },
    async change() {
      const paths = [...new Set([...seen.values()].map(([, path]) => path))];
      const events = listen(namesByFolder(seen.values()), () => paths.map(stampOf).join('\n'));
      try {
        const before = then();
        while (now() === before) await events.next();
        // Until two looks agree: the file is whole.
        for (let last = ''; last !== now();) {
          last = now();
          await new Promise((resolve) => setTimeout(resolve, settlesInMs));
        }
      } finally {
        events.stop();
      }
    },
  };
}

/** The names to listen for in each folder; undefined where all of a folder's names matter. */
function namesByFolder(
  facts: Iterable<readonly [aspect: Aspect, path: string, state: string | undefined]>,
): ReadonlyMap<string, ReadonlySet<string> | undefined> {
  const folders = new Map<string, Set<string> | undefined>();
  for (const [aspect, path] of facts) {
    if (aspect === 'names' || aspect === 'layout') folders.set(path, undefined);
    const parent = dirname(path);
    if (!folders.has(parent)) folders.set(parent, new Set());
    folders.get(parent)?.add(basename(path));
  }
  return folders;
}

/** What changes when a file or folder does, and costs no reading. */
function stampOf(path: string): string {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
    return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/**
 * Hears of changes in folders. An event wakes whoever waits; what it means is for them to look at.
 *
 * @param stamps is looked at as well: where it is different, something has changed
 */
function listen(
  folders: ReturnType<typeof namesByFolder>,
  stamps: () => string,
): { next(): Promise<void>; stop(): void } {
  let wake: () => void = () => undefined;
  let happened = false;
  const onEvent = () => {
    happened = true;
    wake();
  };
  const watchers = [...folders].flatMap(([folder, names]) => watcherOf(folder, names, onEvent));
  let last = stamps();
  const timer = setInterval(() => {
    const before = last;
    last = stamps();
    if (last !== before) onEvent();
  }, lookEveryMs);
  return {
    async next() {
      if (!happened) await new Promise<void>((resolve) => (wake = resolve));
      happened = false;
    },
    stop() {
      clearInterval(timer);
      for (const each of watchers) each.close();
    },
  };
}

function watcherOf(folder: string, names: ReadonlySet<string> | undefined, onEvent: () => void): FSWatcher[] {
  try {
    const heard = (_: string, name: string | null) => {
      if (name === null || names === undefined || names.has(name)) onEvent();
    };
    // A folder that can no longer be listened to is looked at every second anyway.
    return [watch(folder, heard).on('error', onEvent)];
  } catch {
    return [];
  }
}

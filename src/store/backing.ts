import { join } from 'node:path';
import type { Entry } from './entry.js';
import {
  beginningOf,
  checkFolder,
  isDraft,
  namesIn,
  ownFolder,
  removeDrafts,
  removeFile,
  stampOf,
  versionOf,
  wholeFile,
  writeWhole,
} from './files.js';
import { captureIn, encode, entryIn } from './format.js';
import { isId } from './id.js';
import { pathOf, type StoreFolder } from './folder.js';
import type { Capture } from './record.js';

/** What keeps deliveries: a folder, or memory. */
export interface Backing {
  /** Whether something may have come or gone since `entries` was called last. */
  isChanged(): boolean;
  /** What is there, in no order. What `known` has is not read again, unless another process has written its answer. */
  entries(known: ReadonlyMap<string, Entry>): readonly Entry[];
  read(id: string): Capture | undefined;
  write(entry: Entry, capture: Capture): void;
  remove(id: string): boolean;
  /** Removes all that is there, what is broken and what was half written too: how many deliveries there were. */
  clear(): number;
}

const ending = '.delivery';

/** Files in a folder, one for each delivery. The folder is made when the first is written. */
export function filesIn({ base, names: below }: StoreFolder): Backing {
  const folder = pathOf({ base, names: below });
  const fileOf = (id: string) => join(folder, `${id}${ending}`);
  let seen: number | undefined;
  /** How the files of those were that have no answer: one may still come, whoever writes it. */
  let versions = new Map<string, string>();
  return {
    isChanged() {
      const stamp = stampOf(folder);
      // What happens twice within a tick of the clock has one time.
      return stamp !== seen || Date.now() - stamp < 1000;
    },
    entries(known) {
      checkFolder(base, below);
      seen = stampOf(folder);
      const names = namesIn(folder);
      removeDrafts(folder, names);
      const before = versions;
      versions = new Map();
      return names.flatMap((name) => {
        const id = name.slice(0, -ending.length);
        if (!name.endsWith(ending) || !isId(id)) return [];
        const entry = known.get(id);
        if (entry?.answer !== undefined) return entry;
        const version = versionOf(fileOf(id));
        versions.set(id, version);
        return (version === before.get(id) ? entry : entryAt(fileOf(id), id)) ?? [];
      });
    },
    read(id) {
      const bytes = isId(id) ? wholeFile(fileOf(id)) : undefined;
      return bytes && captureIn(bytes, id);
    },
    write(entry, capture) {
      ownFolder(base, below);
      writeWhole(folder, `${entry.id}${ending}`, encode(entry, capture));
      versions.set(entry.id, versionOf(fileOf(entry.id)));
    },
    remove(id) {
      checkFolder(base, below);
      return isId(id) && removeFile(fileOf(id));
    },
    clear() {
      checkFolder(base, below);
      const names = namesIn(folder);
      for (const name of names.filter(isDraft)) removeFile(join(folder, name));
      const isOwn = (name: string) => name.endsWith(ending) && isId(name.slice(0, -ending.length));
      return names.filter((name) => isOwn(name) && removeFile(join(folder, name))).length;
    },
  };
}

function entryAt(path: string, id: string): Entry | undefined {
  return beginningOf(path, (bytes) => {
    const found = entryIn(bytes, id);
    return found === 'more' ? undefined : found;
  });
}

/** Nothing outlives the process. */
export function inMemory(): Backing {
  const kept = new Map<string, { readonly entry: Entry; readonly capture: Capture }>();
  return {
    isChanged: () => false,
    entries: () => [...kept.values()].map(({ entry }) => entry),
    read: (id) => kept.get(id)?.capture,
    write: (entry, capture) => void kept.set(entry.id, { entry, capture }),
    remove: (id) => kept.delete(id),
    clear() {
      const { size } = kept;
      kept.clear();
      return size;
    },
  };
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Json } from '../../model/json.js';
import type { Aspect, AddDependency } from '../../model/dependency.js';
import { readEntry, writeEntry } from './entry.js';
import { fileState, fingerprint } from './fingerprint.js';
import { prune } from './prune.js';

/** Changes with the shape of an entry. */
const schema = 1;

/** The files that a run found or left as they should be: where they are, and by path in there the SHA-256 of each. */
export interface Held {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

/** One question that was answered before, with everything that the answer depends on. */
export interface Cache {
  /** The answer, where everything it depends on is as it was. */
  recall(): Json | undefined;
  /** Notes what the answer that is being worked out depends on. */
  readonly addDependency: AddDependency;
  /** Keeps an answer, unless something it depends on has changed since it was looked at. */
  keep(answer: Json, held: Held): void;
}

type Fact = readonly [aspect: Aspect, path: string, state: string];

/**
 * @param folder where entries are, which need not be there
 * @param question all that tells one run from another: what was asked, by which program, from where
 */
export function openCache(folder: string, question: string): Cache {
  const name = createHash('sha256').update(`${schema} ${question}`).digest('hex');
  const seen = new Map<string, { aspect: Aspect; path: string; state: string | undefined }>();

  return {
    recall() {
      const entry = readEntry(folder, name) as Entry | undefined;
      if (entry?.schema !== schema || entry.question !== question) return undefined;
      return Array.isArray(entry.facts) && entry.facts.every(isTrue) ? entry.answer : undefined;
    },
    addDependency(aspect, path) {
      const key = `${aspect} ${path}`;
      if (!seen.has(key)) seen.set(key, { aspect, path, state: fingerprint(aspect, path) });
    },
    keep(answer, held) {
      const facts: Fact[] = [];
      for (const { aspect, path, state } of seen.values()) {
        if (state === undefined || !isTrue([aspect, path, state])) return;
        facts.push([aspect, path, state]);
      }
      const place = fingerprint('place', held.folder) ?? '';
      for (const [path, sha256] of held.files) {
        const fact = ['content', join(held.folder, path), fileState(sha256, join(place, path))] as const;
        if (!isTrue(fact)) return;
        facts.push(fact);
      }
      const entry: Entry = { schema, question, facts, answer };
      writeEntry(folder, name, entry as unknown as Json);
      prune(folder);
    },
  };
}

interface Entry {
  readonly schema: number;
  readonly question: string;
  readonly facts: readonly Fact[];
  readonly answer: Json;
}

function isTrue([aspect, path, state]: Fact): boolean {
  return typeof state === 'string' && fingerprint(aspect, path) === state;
}

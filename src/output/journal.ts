import { constants } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../model/json.js';
import { Rejected } from '../diagnostics/diagnostic.js';
import { lookUp } from '../kit/disk.js';
import { hashes } from '../kit/manifest.js';
import { withIoErrors } from '../kit/io-errors.js';

/** Present from before a run's first rename until after its manifest: what a killed run was about to write. */
export const journalPath = '.freshworks-gen.journal';

/** Hundreds of killed runs of the largest kit. */
const bytesAtMost = 16 * 2 ** 20;

/**
 * The hashes that unfinished runs meant to write, by path; undefined where every run was finished. Without them, a file
 * that a killed run had already replaced would look edited by hand to a next run that generates something else.
 *
 * One line of JSON for each run. A line that cannot be read was cut off by the kill: that run had replaced nothing yet.
 *
 * @throws Rejected `output-link` and its kin for what is no file: adding to it could write elsewhere
 */
export async function readJournal(
  out: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>> | undefined> {
  const found = await lookUp(out, journalPath, bytesAtMost);
  if (found.kind === 'refused') throw new Rejected(found.diagnostic);
  if (found.kind === 'absent') return undefined;

  const intended = new Map<string, Set<string>>();
  for (const line of new TextDecoder().decode(found.bytes).split('\n')) {
    for (const [path, hash] of readLine(line)) {
      intended.set(path, (intended.get(path) ?? new Set()).add(hash));
    }
  }
  return intended;
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
/** To append, making the file where it is absent, and refusing a link that came there since the folder was looked at. */
const withoutFollowing = O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY;

/** Adds one run's intention. Starts on a line of its own, whatever an earlier run left behind. */
export async function addToJournal(out: string, intended: ReadonlyMap<string, string>): Promise<void> {
  const file = join(out, journalPath);
  const line = `\n${JSON.stringify(Object.fromEntries(intended))}\n`;
  await withIoErrors(file, 'write', () => appendFile(file, line, { flag: withoutFollowing }));
}

function readLine(line: string): ReadonlyMap<string, string> {
  if (line === '') return new Map();
  try {
    return hashes(JSON.parse(line) as Json, journalPath);
  } catch {
    return new Map();
  }
}

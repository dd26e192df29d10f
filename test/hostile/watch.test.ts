import { exec, execFileSync, spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { createReadStream, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { open, readFile, readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { unexplained, watched } from './watch.js';

const folder = mkdtempSync(join(tmpdir(), 'watched-'));
const file = join(folder, 'file');
writeFileSync(file, 'text');

/** The watch that the other tests here rely on sees what it is there for. */
test.each<[string, () => unknown]>([
  ['connects', () => connect(9, '127.0.0.1').on('error', () => undefined)],
  ['connects', () => fetch('http://127.0.0.1:49151/').catch(() => undefined)],
  ['looks up a host', () => lookup('localhost')],
  ['starts a process', () => exec('true')],
  ['starts a process', () => execFileSync('true')],
  ['starts a process', () => spawn('true')],
  ['starts a thread', () => new Worker('', { eval: true })],
  [`reads ${file}`, () => readFile(file)],
  [`reads ${file}`, () => readFileSync(file)],
  [`reads ${file}`, async () => (await open(pathToFileURL(file))).close()],
  [`reads ${file}`, () => createReadStream(file).close()],
  [`reads ${folder}`, () => readdir(folder)],
])('%s', async (deed, work) => {
  const { deeds } = await watched(async () => void (await work()));
  expect(unexplained(deeds, join(folder, 'elsewhere'))).toContain(deed);
});

test('what lies below the folder of a document is its own to read, what begins like it is not', async () => {
  const { deeds } = await watched(() => readFile(file, 'utf8'));
  expect(unexplained(deeds, folder)).toEqual([]);
  expect(unexplained(deeds, folder.slice(0, -1))).toEqual(deeds);
});

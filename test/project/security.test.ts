import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limits } from '../../src/load/limits.js';
import { version } from '../../src/version.js';
import { promises } from './promises.js';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');

/** The sentences of the page: of its paragraphs and list items, line breaks gone. */
const sentences = page
  .replace(/^#.*$/gm, '')
  .split(/\n\n|^- /m)
  .map((text) => text.trim().replace(/\s+/g, ' '))
  .flatMap((text) => text.split(/(?<=[.!?]) (?=[A-Z`_])/))
  .filter((text) => text !== '');

test('every sentence has a test that is there, and every test a sentence', () => {
  expect([...new Set(promises.map(([sentence]) => sentence))]).toEqual(sentences);
  for (const [sentence, file, title] of promises) {
    const text = readFileSync(join(root, 'test', file), 'utf8');
    const quoted = ["'", '"', '`'].some((quote) =>
      text.includes(`${quote}${title.replaceAll('`', quote === '`' ? '\\`' : '`')}${quote}`),
    );
    expect(quoted, `${file} has no test called ${title}, which holds: ${sentence}`).toBe(true);
  }
});

test('the limits of a file are as stated', () => {
  const { fileBytes, depth, nodes, repeatedNodes, mergeKeys, referencedFiles, referencedBytes } = limits;
  const said = (number: number) => number.toLocaleString('en');
  const mebibytes = (bytes: number) => `${bytes / 1024 / 1024} MiB`;
  for (const sentence of [
    `A file has at most ${mebibytes(fileBytes)}, ${said(depth)} levels and ${said(nodes)} values.`,
    `Aliases and merge keys repeat at most ${said(repeatedNodes)} values, and merge keys are at most ${said(mergeKeys)}.`,
    `References bring in at most ${said(referencedFiles)} files and ${mebibytes(referencedBytes)}.`,
  ])
    expect(sentences).toContain(sentence);
});

test('reports go through the repository alone', () => {
  expect(page).not.toMatch(/@|https?:|mailto:/);
});

test('the version that is supported is this one', () => {
  expect(sentences.at(-1)).toBe(
    `Fixes are released for the latest version, ${version.replace(/\.\d+$/, '')}.`,
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runIn } from '../cli/command.js';
import { folder } from '../load/folder.js';

vi.setConfig({ testTimeout: 120_000 });

/** Deliveries in which one custom field has these texts. */
function linesWith(texts: readonly string[]): string {
  return texts
    .map((ticket_cf_site) => `${JSON.stringify({ freshdesk_webhook: { ticket_cf_site } })}\n`)
    .join('');
}

const turns = (words: readonly string[], count: number) =>
  Array.from({ length: count }, (_, index) => words[index % words.length] ?? '');

const eight = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6', 'g7', 'h8'];

const rows: readonly (readonly [what: string, texts: readonly string[], isListed: boolean])[] = [
  ['eight words in twenty texts', turns(eight, 20), true],
  ['two words in nineteen texts', turns(['north', 'south'], 19), false],
  ['nine words', turns([...eight, 'i9'], 40), false],
  ['an address', turns(['north', 'ann@example.com'], 20), false],
  ['sentences', turns(['The plant in the north of the town', 'The other one'], 20), false],
];

test.for(rows)('%s', async ([, texts, isListed]) => {
  const wordsIn = async (...args: readonly string[]): Promise<readonly string[]> => {
    const root = folder({ 'freshdesk/ticket-created/all.jsonl': linesWith(texts) });
    const { exitCode, stderr } = await runIn(root, ['infer', 'freshdesk', '--overlay', 'own.yaml', ...args]);
    expect(exitCode, stderr).toBe(0);
    const overlay = readFileSync(join(root, 'own.yaml'), 'utf8');
    expect(overlay).toContain('ticket_cf_site:');
    return [...new Set(texts)].filter((text) => overlay.includes(text));
  };
  // Values are written for those alone who ask for them.
  expect(await wordsIn()).toEqual([]);
  expect(await wordsIn('--open-enums')).toEqual(isListed ? [...new Set(texts)] : []);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runIn } from '../cli/command.js';
import { faults } from '../emit/program.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { blockOf } from '../project/shown.js';

vi.setConfig({ testTimeout: 240_000 });

test('the examples of docs/infer.md and the README go from ten deliveries to a handler without a cast', async () => {
  const folder = temporaryFolder();
  const deliveries = Array.from({ length: 10 }, (_, index): [string, string] => [
    `deliveries/freshdesk/ticket-created/${index + 1}.json`,
    JSON.stringify({ freshdesk_webhook: { ticket_id: index, ticket_cf_plant: index === 3 ? null : 'Oslo' } }),
  ]);
  put(folder, Object.fromEntries(deliveries));
  const inferred = await runIn(folder, ['infer', 'deliveries', '--overlay', 'overlays/own.yaml']);
  expect(inferred.exitCode, inferred.stderr).toBe(0);
  const overlay = readFileSync(join(folder, 'overlays/own.yaml'), 'utf8');
  const undated = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\d/g, 'DAY');
  expect(undated(overlay)).toContain(undated(blockOf('inferred', 'overlays/own.yaml').text));

  const generated = await runIn(folder, [
    'generate',
    '--out',
    'events',
    '--overlay',
    'overlays/own.yaml',
    '--products',
    'freshdesk',
  ]);
  expect(generated.exitCode, generated.stderr).toBe(0);
  const kit = Object.entries(snapshot(join(folder, 'events'))).filter(([path]) => path.endsWith('.ts'));
  const files = new Map(kit.map(([path, text]) => [`events/${path}`, text]));
  const handler = blockOf('inferred', 'src/events/handlers/freshdesk.ts').text;
  files.set(
    'events/handlers/freshdesk.ts',
    `${handler}export const onFreshdeskTicketUpdated = undefined as never;\n`,
  );
  expect(faults(files)).toEqual([]);
  const short = blockOf('inferred', 'README handler').text;
  files.set(
    'events/handlers/freshdesk.ts',
    `import type { Handler } from '../events.js';\n${short}export const onFreshdeskTicketUpdated = undefined as never;\n`,
  );
  expect(faults(files)).toEqual([]);

  const checked = await runIn(folder, ['infer', 'deliveries', '--check', '--overlay', 'overlays/own.yaml']);
  expect(checked.exitCode, checked.stderr).toBe(0);
});

test('the template of docs/infer.md gives its fields', async () => {
  const folder = temporaryFolder();
  put(folder, { 'rule.json': blockOf('template', 'rule.json').text });
  const args = [
    '--template',
    'rule.json',
    '--event',
    'freshdesk/ticket-created',
    '--overlay',
    'overlays/own.yaml',
  ];
  const { exitCode, stdout, stderr } = await runIn(folder, ['infer', ...args]);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('FreshdeskTicketPayload.ticket_id: integer | string');
  expect(stdout).toContain('"ticket_id": "{{ticket.id}}"');
});

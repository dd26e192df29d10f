import { expect, test, vi } from 'vitest';
import { exported } from '../../src/store/export.js';
import { runIn } from '../cli/command.js';
import { folder } from '../load/folder.js';
import { capture } from '../store/capture.js';

vi.setConfig({ testTimeout: 120_000 });

test('of what dev exports, the bodies are deliveries, and what they came with is none', async () => {
  const event = 'freshdesk/ticket-created';
  const body = Buffer.from('{"freshdesk_webhook":{"ticket_cf_plant":"Oslo"}}');
  const types = ['application/json', 'text/plain', 'application/json; charset=utf-8'];
  const files = types
    .map((type) => capture({ event, body, headers: [['Content-Type', type]] }))
    .flatMap((each) => exported(each))
    .map(({ name, bytes }): [string, string] => [`deliveries/${name}`, Buffer.from(bytes).toString()]);
  expect(files.map(([name]) => /\.\w+$/.exec(name)?.[0])).toContain('.body');
  const root = folder(Object.fromEntries(files));

  const outcome = await runIn(root, ['infer', 'deliveries', '--overlay', 'own.yaml', '--json']);
  expect(outcome.exitCode, outcome.stderr).toBe(0);
  const { deliveries, changes } = JSON.parse(outcome.stdout) as { deliveries: number; changes: string[] };
  expect(deliveries).toBe(3);
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatch(/^FreshdeskTicketFields\.ticket_cf_plant: string/);

  const [headers = ''] = files.map(([name]) => name).filter((name) => name.endsWith('.headers.json'));
  const named = await runIn(root, ['infer', headers, '--overlay', 'own.yaml']);
  expect(named.exitCode).toBe(2);
  expect(named.stderr).toContain('holds headers: name the file beside it');
});

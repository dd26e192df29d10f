import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runIn } from '../cli/command.js';
import { folder } from '../load/folder.js';

vi.setConfig({ testTimeout: 120_000 });

const overlay = `overlay: 1.1.0
info: { title: Ours, version: 1.0.0 }
actions:
  - target: $.components.schemas.FreshdeskTicketFields.properties
    description: Seen in deliveries.
    update:
      ticket_shop: &shop { type: integer }
    x-observed: { count: 1 }
  - target: $.components.schemas.FreshdeskTicketFields.properties
    update:
      ticket_mine: *shop
`;

test('an inferred action that others refer to is its user’s, and a pipe in the place of a file is left out', async () => {
  const root = folder({
    'own.yaml': overlay,
    'freshdesk/ticket-created/1.json': JSON.stringify({ freshdesk_webhook: { ticket_cf_plant: 'Oslo' } }),
  });
  execFileSync('mkfifo', [join(root, 'pipe.jsonl')]);
  const outcome = await runIn(root, ['infer', 'freshdesk', 'pipe.jsonl', '--overlay', 'own.yaml']);
  expect(outcome.exitCode, outcome.stderr).toBe(0);
  expect(outcome.stderr).toContain('it is not a regular file');
  const after = readFileSync(join(root, 'own.yaml'), 'utf8');
  expect(after.startsWith(overlay.trimEnd())).toBe(true);
  expect(after).toContain('ticket_cf_plant');
});

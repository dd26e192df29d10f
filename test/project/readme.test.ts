import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIn } from '../cli/command.js';
import { configured } from '../config/configured.js';
import { programs } from '../config/programs.js';
import { put, temporaryFolder } from '../output/tree.js';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const excerpts = [...readme.matchAll(/<!-- excerpt: (\S+) (\w+) -->\n```ts\n([^]*?)```/g)];

test('the README shows what is generated', () => {
  expect(excerpts.length).toBeGreaterThan(0);
  for (const [, path = '', , text = ''] of excerpts) {
    expect(readFileSync(join(root, 'test/cases/shipped/expected', path), 'utf8')).toContain(text.trim());
  }
});

const configurations = [...readme.matchAll(/<!-- configuration: (\S+) -->\n```\w+\n([^]*?)```/g)];

test('the configurations that the README shows are taken', async () => {
  const [yaml, program] = configurations.map(([, name = '', text = '']) => ({ name, text }));
  const { errors, configuration } = await configured({ [yaml!.name]: yaml!.text });
  expect(errors).toEqual([]);
  expect(configuration?.kits).toHaveLength(2);
  expect(programs.map(({ files }) => files[program!.name])).toContain(program!.text);
});

test('the overlay that the README shows gives the field and is said nothing of', async () => {
  const [, path = '', text = ''] = /<!-- overlay: (\S+) -->\n```yaml\n([^]*?)```/.exec(readme) ?? [];
  const folder = temporaryFolder();
  put(folder, { [path]: text });
  expect(readme).toContain(`--overlay ./${path}`);
  const { exitCode, stderr } = await runIn(folder, ['generate', '--out', 'events', '--overlay', path]);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).not.toMatch(/^(?:warning|error|note)/m);
  expect(readFileSync(join(folder, 'events/payloads/freshdesk.ts'), 'utf8')).toContain(
    '/** The plant that the ticket is about. */\n  ticket_cf_plant?: string | null;',
  );
});

test('the README shows what diff prints', async () => {
  const [, args = '', shown = ''] = /<!-- diff: (.+?) -->\n```\n([^]*?)```/.exec(readme) ?? [];
  const before = readFileSync(join(root, 'specs/whatsapp.asyncapi.yaml'), 'utf8');
  const after = before
    .replace('DELIVERED, READ]', 'DELIVERED, READ, DELETED]')
    .replace('required: [message_id, status, timestamp]', 'required: [message_id, status]')
    .replace(
      /^ {8}account_id:$/m,
      '        region:\n          type: string\n          description: Where the account is kept.\n$&',
    );
  const folder = temporaryFolder();
  put(folder, { 'before.yaml': before, 'after.yaml': after });
  const { exitCode, stdout, stderr } = await runIn(folder, ['diff', ...args.split(' ')]);
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 5, stdout: shown });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { describe, expect, test, vi } from 'vitest';
import { runIn } from '../cli/command.js';
import { folder } from '../load/folder.js';

vi.setConfig({ testTimeout: 120_000 });

const ticket = (fields: object) => JSON.stringify({ freshdesk_webhook: { ticket_id: 1, ...fields } });

function deliveries(): string {
  return folder({
    'freshdesk/ticket-created/1.json': ticket({ ticket_cf_plant: 'Oslo', ticket_cf_floor: 3 }),
    'freshdesk/ticket-created/2.json': ticket({
      ticket_cf_plant: null,
      ticket_shop: { id: 'a', open: true },
    }),
    'freshdesk/ticket-updated/1.json': ticket({ ticket_cf_floor: 3.5, ticket_status: false }),
  });
}

const infer = (root: string, ...args: readonly string[]) =>
  runIn(root, ['infer', 'freshdesk', '--overlay', 'own.yaml', ...args]);

const overlayIn = (root: string) => readFileSync(join(root, 'own.yaml'), 'utf8');

const someOverlay =
  'overlay: 1.0.0\ninfo: { title: a, version: 1.0.0 }\nactions:\n  - { target: $.info, update: { x-a: 1 } }\n';

describe('infer', () => {
  test('declares what the documents do not, as an overlay that generate takes', async () => {
    const root = deliveries();
    const outcome = await infer(root);
    expect(outcome.stderr).toContain('declared from 3 deliveries of 2 events');
    expect(outcome.exitCode).toBe(0);
    const overlay = overlayIn(root);
    expect(overlay.replaceAll(/\d{4}-\d\d-\d\d/g, 'DAY')).toMatchSnapshot();
    expect(await prettier.check(overlay, { parser: 'yaml', singleQuote: true })).toBe(true);
    for (const value of ['Oslo', '3.5']) expect(overlay).not.toContain(value);

    const generated = await runIn(root, ['generate', '--out', 'events', '--overlay', 'own.yaml']);
    expect(generated).toMatchObject({ exitCode: 0 });
    expect(generated.stderr).not.toContain('warning');
    const types = readFileSync(join(root, 'events/payloads/freshdesk.ts'), 'utf8');
    expect(types).toContain('ticket_cf_plant?: string | null;');
    expect(types).toContain('ticket_cf_floor?: number | null;');
    expect((await infer(root, '--check')).exitCode).toBe(0);
  });

  test('changes no byte when it is run again, and keeps what its user wrote', async () => {
    const root = deliveries();
    await infer(root);
    const own = overlayIn(root)
      .replace('  title: Fields of our own', "  title:   'Ours' # as it is")
      .replace('actions:\n', `actions:\n    # mine\n`.replace('    ', '  '))
      .replace(/description: Custom field `plant`\./, 'description:   The plant, as we call it.');
    writeFileSync(join(root, 'own.yaml'), own);
    expect((await infer(root)).exitCode).toBe(0);
    expect(overlayIn(root)).toBe(own);

    writeFileSync(
      join(root, 'freshdesk/ticket-created/3.json'),
      ticket({ ticket_cf_floor: 'top', ticket_b: 1 }),
    );
    await infer(root);
    const extended = overlayIn(root);
    expect(extended).toContain("type: [number, string, 'null']");
    expect(extended).toContain("  title:   'Ours' # as it is\n");
    expect(extended).toContain('  # mine\n');
    const lines = new Set(extended.split('\n'));
    expect(
      own.split('\n').filter((line) => !lines.has(line) && !/type: \[number|x-observed/.test(line)),
    ).toEqual([]);
  });

  test('writes nothing in a dry run, and shows what becomes of the types', async () => {
    const root = deliveries();
    const { stdout, exitCode } = await infer(root, '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+  ticket_cf_plant?: string | null;');
    expect(() => overlayIn(root)).toThrow('ENOENT');
  });

  test('--check names what is not covered, and no value of it', async () => {
    const root = deliveries();
    const { exitCode, stderr } = await runIn(root, ['infer', 'freshdesk', '--check']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('/freshdesk_webhook/ticket_shop is not declared');
    expect(stderr).toContain('/freshdesk_webhook/ticket_status is not of type');
    expect(stderr).toContain('at freshdesk/ticket-updated/1.json:1:1');
    expect(stderr).not.toContain('Oslo');
  });

  test.each<[config: string, options: string, generate: string]>([
    ['{ out: events }', '--overlay own.yaml', '--overlay own.yaml'],
    ['{ out: events, overlay: own.yaml }', '--overlay own.yaml', ''],
    ['{ out: events, overlay: first.yaml }', '--overlay own.yaml', '--overlay first.yaml --overlay own.yaml'],
    [
      '{ out: events }',
      '--overlay first.yaml --products freshdesk --overlay own.yaml',
      '--overlay first.yaml --overlay own.yaml --products freshdesk',
    ],
  ])('with the configuration %s and %s, generate needs %j', async (config, options, words) => {
    const root = deliveries();
    writeFileSync(join(root, 'freshworks-gen.config.yaml'), config);
    writeFileSync(join(root, 'first.yaml'), someOverlay);
    const { stderr } = await runIn(root, ['infer', 'freshdesk', ...options.split(' ')]);
    const [, command = ''] = /`freshworks-gen (generate.*)` gives/.exec(stderr) ?? [];
    expect(command, stderr).toBe(`generate ${words}`.trim());
    expect(stderr.includes('Add own.yaml to `overlay` in freshworks-gen.config.yaml')).toBe(words !== '');
    expect(await runIn(root, command.split(' '))).toMatchObject({ exitCode: 0 });
    const types = readFileSync(join(root, 'events/payloads/freshdesk.ts'), 'utf8');
    expect(types).toContain('ticket_cf_plant?: string | null;');
  });

  test.each<[kit: string | undefined, generate: string]>([
    [undefined, '--out src/events --overlay own.yaml'],
    ['--out a/kit', '--out a/kit --overlay own.yaml'],
    ['--out kit --overlay first.yaml', '--out kit --overlay first.yaml --overlay own.yaml'],
    ['--out kit --overlay own.yaml', '--out kit --overlay own.yaml'],
  ])('without a configuration and with the kit of %j, generate needs %j', async (kit, words) => {
    const root = deliveries();
    for (const name of ['first.yaml', 'own.yaml']) writeFileSync(join(root, name), someOverlay);
    if (kit !== undefined)
      expect(await runIn(root, ['generate', ...kit.split(' ')])).toMatchObject({ exitCode: 0 });
    const { stderr } = await runIn(root, ['infer', 'freshdesk', '--overlay', 'own.yaml']);
    const [, command = ''] = /`freshworks-gen (generate.*)` gives them types\.$/m.exec(stderr) ?? [];
    expect(command, stderr).toBe(`generate ${words}`);
    expect(await runIn(root, command.split(' '))).toMatchObject({ exitCode: 0 });
    const types = readFileSync(join(root, command.split(' ')[2] ?? '', 'payloads/freshdesk.ts'), 'utf8');
    expect(types).toContain('ticket_cf_plant?: string | null;');
  });

  test.each([
    ['freshdesk', 'file-unreadable', 'cannot be read: a folder is in its place'],
    ['note.txt/own.yaml', 'output-io', 'cannot be written: something else is in its place'],
  ])('an overlay at %s is refused in words, without the path of the machine', async (path, code, words) => {
    const root = deliveries();
    writeFileSync(join(root, 'note.txt'), '');
    const { exitCode, stderr } = await runIn(root, ['infer', 'freshdesk', '--overlay', path]);
    expect(stderr).toContain(code);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain(root);
    expect(exitCode).toBeGreaterThan(0);
  });

  test('--shapes prints paths, types and counts alone', async () => {
    const root = deliveries();
    const { stdout } = await runIn(root, ['infer', 'freshdesk', '--shapes']);
    expect(stdout).toMatch(
      /freshdesk\/ticket-created +\/freshdesk_webhook\/ticket_cf_plant +string \| null +2\n/,
    );
    expect(stdout).not.toContain('Oslo');
    const { stdout: json } = await runIn(root, ['infer', 'freshdesk', '--shapes', '--json']);
    expect(JSON.parse(json)).toMatchObject({ command: 'infer', ok: true, deliveries: 3 });
  });
});

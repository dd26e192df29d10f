import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliveriesOf } from '../../src/app/deliveries.js';
import { exported } from '../../src/store/export.js';
import { openStore } from '../../src/store/store.js';
import { serverOf } from '../delivery/server.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { capture } from '../store/capture.js';
import { runIn } from './command.js';

vi.setConfig({ testTimeout: 120_000 });

beforeEach(() => {
  vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const one = capture();
const files = Object.fromEntries(
  exported(one).map(({ name, bytes }) => [`kept/${name}`, Buffer.from(bytes).toString()]),
);
const [body = ''] = Object.keys(files);

test.each<readonly [line: string, written: readonly RegExp[]]>([
  ['send freshdesk/ticket-created --to URL', []],
  [`replay ${body} --to URL`, []],
  ['replay last --to URL', []],
  ['simulate --to URL --count 3', []],
  ['simulate --to URL --count 3 --log tries.jsonl', [/^tries\.jsonl$/]],
  ['infer kept --overlay own.yaml', [/^own\.yaml$/]],
  ['infer kept --overlay own.yaml --dry-run', []],
  ['infer kept --shapes', []],
  ['infer kept --check', []],
  ['dev --export out', [/^out\/freshdesk-ticket-created\.\w+\.headers\.json$/, /^out\/.*\.json$/]],
  ['dev --clear', []],
])('in the project, %s writes %j', async (line, written) => {
  const { url } = await serverOf((_, response) => void response.end('ok'));
  const folder = temporaryFolder();
  put(folder, { ...files, 'kept/freshdesk-ticket-created.0.json': '{"ours":1}' });
  openStore(deliveriesOf(folder), { deliveries: 10, days: 7, bytes: 2 ** 20 }).add(one);
  const before = Object.keys(snapshot(folder));
  const outcome = await runIn(folder, line.replace('URL', url.origin).split(' '));
  expect([0, 4], outcome.stderr).toContain(outcome.exitCode);
  const added = Object.keys(snapshot(folder)).filter((path) => !before.includes(path));
  expect(added).toHaveLength(written.length);
  for (const [index, pattern] of written.entries()) expect(added.sort()[index]).toMatch(pattern);
});

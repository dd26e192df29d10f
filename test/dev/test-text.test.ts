import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentTypeOf } from '../../src/delivery/compose.js';
import { judgeBy } from '../../src/dev/judge.js';
import { testOf } from '../../src/dev/test-text.js';
import type { Header } from '../../src/delivery/headers.js';
import { runIn } from '../cli/command.js';
import { faults } from '../emit/program.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { root } from '../project/shown.js';
import { sharedKit } from './dev.js';

const json: readonly Header[] = [['content-type', 'application/json']];
const form: readonly Header[] = [['content-type', 'application/x-www-form-urlencoded']];
const hostile = `'; process.exit(7); //\${1} \` */ \\ " \u2028 \u202e \u0000 </script>`;

const bodies: readonly (readonly [
  name: string,
  body: string | Uint8Array,
  status: number,
  headers?: readonly Header[],
  event?: string,
])[] = [
  ['valid', '{"freshdesk_webhook":{"ticket_id":1}}', 200],
  ['hostile', JSON.stringify({ freshdesk_webhook: { ticket_subject: hostile, [hostile]: hostile } }), 200],
  ['prototype', '{"freshdesk_webhook":{"ticket_id":1},"__proto__":{"a":1}}', 200],
  ['twice', '{"freshdesk_webhook":{"ticket_id":1},"a":1,"a":2}', 200],
  ['digits', '{"freshdesk_webhook":{"ticket_id":1},"n":12345678901234567890.10}', 200],
  ['deep', `{"freshdesk_webhook":{},"a":${'['.repeat(2000)}${']'.repeat(2000)}}`, 200],
  ['invalid', '{"freshdesk_webhook":{"ticket_id":[]}}', 422],
  ['list', '[]', 422],
  ['unreadable', `{"freshdesk_webhook":{"ticket_id":${hostile}`, 400],
  ['binary', Buffer.from([0, 255, 254, 10]), 400],
  ['form', 'freshdesk_webhook%5Bticket_id%5D=11&x=%27%22', 200, form],
  ['media', '{"freshdesk_webhook":{}}', 200, [['Content-Type', `application/json; x="'\${1}\\"`]]],
  ['no form', 'action=message_create', 415, form, 'freshchat/message-create'],
  [
    'nothing known',
    '{"action":"message_create"}',
    415,
    [['Content-Type', 'text/x']],
    'freshchat/message-create',
  ],
  ['charset', '{}', 415, [['Content-Type', 'application/json; charset=x-none']]],
];

test('the test that is copied compiles, passes, and runs nothing of the delivery', async () => {
  const folder = temporaryFolder();
  expect((await runIn(folder, ['generate', '--out', 'events'])).exitCode).toBe(0);
  put(folder, { 'package.json': '{ "type": "module" }' });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const kit = await sharedKit();
  const judge = judgeBy(kit, { verify: () => Promise.resolve('unchecked') });
  const texts: Record<string, string> = {};
  for (const [name, body, status, headers = json, event = 'freshdesk/ticket-created'] of bodies) {
    const delivery = {
      path: `/${event}`,
      headers,
      body: Buffer.from(body),
      receivedAt: new Date(0).toISOString(),
    };
    const { judgement } = await judge.judge(delivery);
    const text = testOf(delivery, {
      event: judgement.event,
      validity: judgement.validity,
      folder: './events',
      kit,
    })!;
    const unsupported = kit.unsupported(event, contentTypeOf(headers));
    expect(unsupported !== undefined, name).toBe(status === 415);
    if (unsupported !== undefined) {
      expect(judgement, name).toMatchObject({ event, validity: 'unreadable', issues: 0 });
      expect(judge.inspect(delivery, event), name).toMatchObject({ unreadable: unsupported });
    }
    expect(text, name).toContain(`toBe(${status})`);
    texts[`${name}.test.ts`] = text;
  }
  put(folder, texts);
  const sources = Object.entries(snapshot(join(folder, 'events'))).filter(([path]) => path.endsWith('.ts'));
  const files = new Map([
    ...sources.map(([path, text]) => [`events/${path}`, text] as const),
    ...Object.entries(texts),
  ]);
  expect(faults(files, 'bundler', { types: ['node', 'vitest'] })).toEqual([]);

  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toContain(`Tests  ${bodies.length} passed`);
});

test('without an event there is none', async () => {
  const delivery = { headers: [], body: Buffer.from('{}'), receivedAt: new Date(0).toISOString() };
  const about = {
    folder: './events',
    kit: await sharedKit(),
    event: undefined,
    validity: 'unknown',
  } as const;
  expect(testOf(delivery, about)).toBeUndefined();
});

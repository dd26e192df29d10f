import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { runIn } from '../cli/command.js';
import { receiver } from '../delivery/receiver.js';
import { put, temporaryFolder } from '../output/tree.js';
import { blockOf, blocksOf } from './shown.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The words of a command line, as a shell takes them that knows quotes and nothing else. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

test.each(blocksOf('send'))('what $page shows works: $subject', async ({ text }) => {
  const webhookSecret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  for (const [name, value] of [
    ['FRESHDESK_PASSWORD', 'change-me'],
    ['HELPDESK_SIGNING_SECRET', webhookSecret],
    ['FRESHSERVICE_TOKEN', 'a token'],
    ['WHATSAPP_TOKEN', 'another'],
  ] as const)
    vi.stubEnv(name, value);
  const folder = temporaryFolder();
  const basic = `Basic ${Buffer.from('freshdesk:change-me').toString('base64')}`;
  put(folder, {
    'freshdesk-ticket-created.json': '{"freshdesk_webhook":{"ticket_id":1}}',
    'freshdesk-ticket-created.headers.json': JSON.stringify({
      event: 'freshdesk/ticket-created',
      headers: [['authorization', basic]],
    }),
  });
  const lines = text.replace(/\\\n/g, ' ').trimEnd().split('\n');
  // What is no command of ours makes what these need.
  for (const line of lines.filter((each) => each.startsWith('openssl')))
    expect(spawnSync(line, { cwd: folder, shell: true }).status).toBe(0);
  const { url, handled } = await receiver((kit) => ({
    freshdesk: kit.basicAuth({ username: 'freshdesk', password: 'change-me' }),
    freshservice: kit.staticHeaders({ 'x-webhook-token': 'a token' }),
    whatsapp: kit.staticHeaders({ authorization: 'Bearer another' }),
    helpdesk: kit.standardWebhooks({ secrets: webhookSecret }),
    ...(lines.some((line) => line.startsWith('openssl')) && {
      freshchat: kit.freshchatSignature({ publicKeys: publicKeyOf(join(folder, 'key.pem')) }),
    }),
  }));
  for (const line of lines) {
    if (!line.startsWith('npx freshworks-gen ')) continue;
    const args = words(line.replace('http://localhost:8080/webhooks', url)).slice(2);
    const { exitCode, stderr } = await runIn(folder, args);
    expect(exitCode, `${line}\n${stderr}`).toBe(0);
  }
  expect(handled.length).toBeGreaterThan(0);
});

function publicKeyOf(file: string): string {
  const { stdout } = spawnSync('openssl', ['rsa', '-pubout'], {
    input: readFileSync(file),
    encoding: 'utf8',
  });
  return stdout;
}

test('the server that the schemes are sent to authenticates as the receiver here', () => {
  const { text } = blockOf('example', 'server.ts');
  const verify = [
    "basicAuth({ username: 'freshdesk', password: secret('FRESHDESK_PASSWORD') })",
    "staticHeaders({ 'x-webhook-token': secret('FRESHSERVICE_TOKEN') })",
    "freshchatSignature({ publicKeys: secret('FRESHCHAT_PUBLIC_KEY') })",
    "standardWebhooks({ secrets: secret('HELPDESK_SIGNING_SECRET') })",
    "staticHeaders({ authorization: `Bearer ${secret('WHATSAPP_TOKEN')}` })",
  ];
  expect(verify.filter((each) => !text.includes(each))).toEqual([]);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fakePlatform, type FakePlatform } from '../../templates/fake-platform.js';
import { runIn } from '../cli/command.js';
import { helpdeskServer } from '../clients/helpdesk-server.js';
import { faults } from '../emit/program.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { blockOf } from './shown.js';

/** A project with a kit that has clients, and what a page shows. */
async function project(products: string, clients: string, files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const args = ['generate', '--out', 'src/events', '--products', products, '--clients', clients];
  expect(await runIn(folder, args)).toMatchObject({ exitCode: 0 });
  put(folder, { 'package.json': '{ "type": "module" }', ...files });
  const code = Object.entries(snapshot(folder)).filter(([path]) => path.endsWith('.ts'));
  expect(faults(new Map(code))).toEqual([]);
  return async (entry: string) => {
    const outfile = join(folder, `${entry.replaceAll('/', '-')}.mjs`);
    const entryPoints = [join(folder, entry)];
    await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node' });
    return outfile;
  };
}

async function freshdesk(records: Parameters<typeof fakePlatform>[0]['records']): Promise<FakePlatform> {
  const platform = await fakePlatform({ product: 'freshdesk', ...(records && { records }) });
  onTestFinished(() => platform.close());
  return platform;
}

const time = '2025-01-15T10:30:00Z';

describe('docs/clients.md', () => {
  test('a deployment runs twice; then a delivery is taken that is signed with the secret it got', async () => {
    const { subject, text } = blockOf('client', 'deploy.ts');
    const built = await project('helpdesk', 'helpdesk', {
      [subject]: text,
      'src/receiving.ts': `import { createReceiver, ignoringRest, standardWebhooks } from './events/index.js';
import { deliver } from './events/testing.js';
const { RIGHT = '', WRONG = '' } = process.env;
const receiver = createReceiver({
  handlers: ignoringRest({ 'helpdesk/ticket.created': ({ name }) => console.log(name) }),
  verify: { helpdesk: standardWebhooks({ secrets: RIGHT }) },
});
const scheme = { kind: 'standard-webhooks' } as const;
const right = await deliver(receiver, 'helpdesk/ticket.created', { scheme, secret: RIGHT });
const wrong = await deliver(receiver, 'helpdesk/ticket.created', { scheme, secret: WRONG });
console.log(right.status, wrong.status);
`,
    });
    const script = await built(subject);
    const server = await helpdeskServer();
    onTestFinished(() => server.close());
    const secretFile = join(temporaryFolder(), 'secret');
    const env = {
      ...process.env,
      HELPDESK_API_KEY: server.apiKey,
      HELPDESK_WORKSPACE_ID: server.workspaceId,
      HELPDESK_URL: server.baseUrl,
      SECRET_FILE: secretFile,
    };
    const printed = [await ran(script, env), await ran(script, env)];
    expect(printed).toEqual(['created whk_1\n', 'unchanged whk_1\n']);
    expect(server.kept).toHaveLength(1);
    expect(statSync(secretFile).mode & 0o777).toBe(0o600);

    const secret = readFileSync(secretFile, 'utf8');
    expect(secret).toMatch(/^whsec_/);
    const delivered = { ...env, RIGHT: secret, WRONG: `whsec_${Buffer.alloc(32, 1).toString('base64')}` };
    expect(await ran(await built('src/receiving.ts'), delivered)).toBe('helpdesk/ticket.created\n200 401\n');
  });

  test('the report searches, and says what failed', async () => {
    const { subject, text } = blockOf('client', 'src/report.ts');
    const built = await project('freshdesk', 'freshdesk', { [subject]: text });
    const tickets = [
      { id: 1, subject: 'Hot', status: 2, custom_fields: { cf_region: "Val d'Oise" } },
      { id: 2, subject: 'Cold', status: 2, custom_fields: { cf_region: 'Var' } },
    ].map((ticket) => ({ ...ticket, created_at: time, updated_at: time }));
    const platform = await freshdesk({ tickets });
    platform.refuse(2);
    const { report } = (await import(pathToFileURL(await built(subject)).href)) as {
      report(domain: string, apiKey: string, baseUrl: string): Promise<readonly string[]>;
    };
    expect(await report('acme', platform.apiKey, platform.baseUrl)).toEqual([
      "1 Hot (Val d'Oise)",
      '2: It was not changed',
    ]);
  });
});

test('the handler that the README shows answers a new ticket with a private note', async () => {
  const { subject, text } = blockOf('client', 'src/events/handlers/freshdesk.ts');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  const platform = await freshdesk({ tickets: [{ id: 42, created_at: time, updated_at: time }] });
  const built = await project('freshdesk', 'freshdesk', {
    [subject]: text.replace("domain: 'acme'", `domain: 'acme', baseUrl: '${platform.baseUrl}'`),
    'src/one.ts': `import { createReceiver, dangerouslyUnverified, handlers } from './events/index.js';
import { deliver } from './events/testing.js';
const receiver = createReceiver({ handlers, verify: { freshdesk: dangerouslyUnverified() } });
const payload = { freshdesk_webhook: { ticket_id: '42' } };
const { status } = await deliver(receiver, 'freshdesk/ticket-created', { payload });
console.log(status);
`,
  });
  const env = { ...process.env, FRESHDESK_API_KEY: platform.apiKey };
  expect(await ran(await built('src/one.ts'), env)).toBe('200\n');
  expect(platform.requests).toMatchObject([
    { method: 'POST', path: '/api/v2/tickets/42/notes', body: { body: 'Seen.', private: true }, status: 201 },
  ]);
});

async function ran(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  return printed;
}

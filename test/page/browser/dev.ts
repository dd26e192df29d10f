import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ticket, type Delivery } from './payloads.js';

const command = fileURLToPath(new URL('../../../bin/freshworks-gen.js', import.meta.url));

interface Options {
  /** Where deliveries are sent on to. */
  readonly forward?: string;
  /** How many are kept. */
  readonly most?: number;
}

/** `freshworks-gen dev`, as a user starts it, in an empty project. */
export interface Dev {
  /** Of the page, with its token. */
  readonly address: string;
  readonly endpoint: string;
  deliver(delivery: Delivery): Promise<void>;
  /** Delivers so many tickets, each with its number in the address. */
  fill(count: number): Promise<void>;
  /** How many are kept. */
  count(): Promise<number>;
  clear(): Promise<void>;
  /** Ends it without a word. */
  kill(): Promise<void>;
  /** Starts it again, at the same addresses. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDev({ forward, most }: Options = {}): Promise<Dev> {
  const folder = mkdtempSync(join(tmpdir(), 'dev-'));
  const options = [...(forward ? ['--forward', forward] : []), ...(most ? ['--keep', String(most)] : [])];
  let { child, endpoint, page } = await start(folder, options, ['--port', '0', '--page-port', '0']);
  const { origin, hash } = new URL(page);
  const headers = { authorization: `Bearer ${hash.slice('#token='.length)}` };

  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const dev: Dev = {
    address: page,
    endpoint,
    async deliver({ path, headers: given, body }) {
      const answer = await fetch(endpoint + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...given },
        body: body as string,
      });
      await answer.arrayBuffer();
    },
    async fill(count) {
      let next = 0;
      const worker = async (): Promise<void> => {
        while (next < count) {
          next += 1;
          const body = ticket.body.replace('42', String(next));
          await dev.deliver({ path: `${ticket.path}?number=${next}`, body });
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
    },
    async count() {
      const answer = await fetch(`${origin}/api/deliveries`, { headers });
      return ((await answer.json()) as unknown[]).length;
    },
    async clear() {
      await fetch(`${origin}/api/deliveries`, { method: 'DELETE', headers });
    },
    kill: () => kill('SIGKILL'),
    async restart() {
      const ports = ['--port', new URL(endpoint).port, '--page-port', new URL(page).port];
      ({ child, endpoint, page } = await start(folder, options, ports));
    },
    async stop() {
      await kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return dev;
}

/** Starts the command, and waits until it says where it is. */
async function start(
  folder: string,
  options: readonly string[],
  ports: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly endpoint: string; readonly page: string }> {
  const project = join(folder, 'project');
  mkdirSync(project, { recursive: true });
  const child = spawn(process.execPath, [command, 'dev', '--format', 'json', ...ports, ...options], {
    cwd: project,
    env: { ...process.env, XDG_STATE_HOME: join(folder, 'state'), FRESHWORKS_GEN_CACHE: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (!line.startsWith('{"started":')) continue;
    const { started } = JSON.parse(line) as { started: { endpoint: string; page: string } };
    // Nobody reads on; the pipe must not fill.
    child.stdout.resume();
    return { child, ...started };
  }
  throw new Error(`\`dev\` has ended: ${said.join('\n')}`);
}

import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Store } from './engines.js';
import { freePort } from './programs.js';

/** Beside the libraries, which it imports by name. */
const folder = join(import.meta.dirname, 'node_modules/.cache');

let bundled: Promise<string> | undefined;

function program(): Promise<string> {
  bundled ??= (async () => {
    mkdirSync(folder, { recursive: true });
    const outfile = join(folder, `process-${process.pid}.mjs`);
    await build({
      entryPoints: [join(import.meta.dirname, 'process.ts')],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node22',
      logLevel: 'error',
    });
    return outfile;
  })();
  return bundled;
}

interface Member {
  readonly role: 'receiver' | 'worker';
  readonly port: number;
  child: ChildProcess;
}

/** What came of the deliveries. */
export interface Sent {
  readonly acknowledged: Set<string>;
  /** How often each status was the answer; 0 for a connection that broke. */
  readonly statuses: Map<number, number>;
  /** The longest wait for an answer. */
  slowestMs: number;
}

/** Receivers and workers in processes of their own, and the senders that they have. */
export class Fleet {
  readonly #store: Store;
  readonly #log = join(mkdtempSync(join(tmpdir(), 'fleet-')), 'handled.log');
  readonly #members: Member[] = [];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(store: Store) {
    this.#store = store;
  }

  static async start(store: Store, receivers: number, workers: number): Promise<Fleet> {
    const fleet = new Fleet(store);
    const roles = [
      ...Array.from({ length: receivers }, () => 'receiver' as const),
      ...Array.from({ length: workers }, () => 'worker' as const),
    ];
    for (const role of roles) await fleet.add(role);
    return fleet;
  }

  async add(role: Member['role']): Promise<void> {
    const port = role === 'receiver' ? await freePort() : 0;
    const member = { role, port, child: await this.#run(role, port) };
    this.#members.push(member);
    await ready(member.child);
  }

  async #run(role: Member['role'], port: number): Promise<ChildProcess> {
    const env = {
      ...process.env,
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      ROLE: role,
      STORE: JSON.stringify(this.#store),
      PORT: String(port),
      LOG: this.#log,
    };
    return fork(await program(), { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  /** Kills one of the role with SIGKILL, and starts another in its place. */
  async replace(role: Member['role'], at: number): Promise<void> {
    const all = this.#members.filter((member) => member.role === role);
    const member = all[at % all.length]!;
    await end(member.child, 'SIGKILL');
    member.child = await this.#run(role, member.port);
    await ready(member.child);
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#agent.destroy();
    await Promise.all(this.#members.map(({ child }) => end(child, signal)));
  }

  async stopWorkers(signal: NodeJS.Signals): Promise<void> {
    const workers = this.#members.filter(({ role }) => role === 'worker');
    await Promise.all(workers.map(({ child }) => end(child, signal)));
  }

  /** Sends a delivery for each key, and again until it is acknowledged, as `senders` that do one after the other. */
  async send(keys: readonly string[], senders: number, restMs = 0): Promise<Sent> {
    const sent: Sent = { acknowledged: new Set(), statuses: new Map(), slowestMs: 0 };
    const ports = this.#members.flatMap(({ role, port }) => (role === 'receiver' ? [port] : []));
    const waiting = [...keys];
    const sender = async (first: number): Promise<void> => {
      for (let tries = first; waiting.length > 0;) {
        const key = waiting.shift()!;
        for (let status = -1; status !== 200; tries += 1) {
          const start = Date.now();
          status = await this.#post(ports[tries % ports.length]!, key);
          sent.slowestMs = Math.max(sent.slowestMs, Date.now() - start);
          sent.statuses.set(status, (sent.statuses.get(status) ?? 0) + 1);
          if (status !== 200) await pause(50 + Math.random() * 100);
        }
        sent.acknowledged.add(key);
        if (restMs > 0) await pause(Math.random() * 2 * restMs);
      }
    };
    await Promise.all(Array.from({ length: senders }, (_, at) => sender(at)));
    return sent;
  }

  /** The answer's status, or 0 for none. */
  #post(port: number, key: string): Promise<number> {
    return new Promise((resolve) => {
      const options = {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/shop/order-paid',
        agent: this.#agent,
      };
      const outgoing = request(
        {
          ...options,
          headers: { 'content-type': 'application/json', 'x-token': 'a token', 'x-delivery-id': key },
          timeout: 10_000,
        },
        (response) => {
          response.resume();
          response.once('close', () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
        },
      );
      outgoing.once('timeout', () => outgoing.destroy());
      outgoing.once('error', ({ code }: NodeJS.ErrnoException) => {
        // The server had closed the idle connection at the same moment: nothing was sent.
        if (outgoing.reusedSocket && code === 'ECONNRESET') resolve(this.#post(port, key));
        else resolve(0);
      });
      outgoing.end(JSON.stringify({ kind: 'order.paid', id: 7, note: 'x'.repeat(1_000) }));
    });
  }

  /** How often each key was handled. */
  handled(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    if (!existsSync(this.#log)) return counts;
    for (const key of readFileSync(this.#log, 'utf8').split('\n'))
      if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  }

  /** Waits until each was handled, and returns how long that took. */
  async allHandled(keys: ReadonlySet<string>, withinMs: number): Promise<number> {
    const start = Date.now();
    for (;;) {
      const handled = this.handled();
      const missing = [...keys].filter((key) => !handled.has(key));
      if (missing.length === 0) return Date.now() - start;
      if (Date.now() - start > withinMs)
        throw new Error(
          `${missing.length} of ${keys.size} are not handled after ${withinMs} ms: ${missing[0] ?? ''}`,
        );
      await pause(100);
    }
  }
}

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the process ended with ${code ?? 'a signal'}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

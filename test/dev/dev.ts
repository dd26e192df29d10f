import { mkdtempSync, realpathSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startDev, type Dev, type DevOptions } from '../../src/app/dev/dev.js';
import { loadKit } from '../../src/app/live-kit.js';
import type { LiveKit } from '../../src/delivery/live-kit.js';
import type { Header } from '../../src/delivery/headers.js';
import type { Detail, StreamEvent, Summary } from '../../src/dev/api.js';
import type { StoreFolder } from '../../src/store/folder.js';

export function newFolder(): StoreFolder {
  const base = realpathSync.native(mkdtempSync(join(tmpdir(), 'dev-')));
  return { base, names: ['freshworks-gen', 'deliveries', 'a-1'] };
}

let kit: Promise<LiveKit> | undefined;
/** The kit of the shipped documents, made once. */
export function sharedKit(): Promise<LiveKit> {
  return (kit ??= loadKit());
}

export interface Running {
  readonly dev: Dev;
  readonly token: string;
  /** The page's origin. */
  readonly origin: string;
  readonly seen: Summary[];
  readonly problems: string[];
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  list(): Promise<readonly Summary[]>;
  detail(id: string): Promise<Detail>;
}

/** A running `dev` on free ports, which ends with the test. */
export async function running(options: Partial<DevOptions> = {}): Promise<Running> {
  const seen: Summary[] = [];
  const problems: string[] = [];
  const dev = await startDev(
    {
      kits: [],
      port: 0,
      pagePort: 0,
      timeoutMs: 5000,
      maxBodyBytes: 2 ** 20,
      folder: newFolder(),
      limits: { deliveries: 10_000, days: 7, bytes: 2 ** 30 },
      credentials: {},
      env: {},
      cwd: process.cwd(),
      kitFolder: './events',
      loadKit: sharedKit,
      ...options,
    },
    { onDelivery: (summary) => void seen.push(summary), onProblem: (what) => void problems.push(what) },
  );
  onTestFinished(() => dev.close());
  const { origin, hash } = new URL(dev.page);
  const token = hash.slice('#token='.length);
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${origin}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { readonly error?: string };
    if (!response.ok) throw new Error(`${response.status} ${answer.error}`);
    return answer;
  };
  return {
    dev,
    token,
    origin,
    seen,
    problems,
    ask,
    list: () => ask('GET', 'deliveries'),
    detail: (id) => ask('GET', `deliveries/${id}`),
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** Sends a request whose headers and path are written as they are given. */
export function raw(
  to: string,
  {
    method = 'POST',
    path = '/',
    headers = [],
    body = '',
  }: { method?: string; path?: string; headers?: readonly Header[]; body?: string | Uint8Array },
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(to);
  return new Promise((resolve, reject) => {
    const isNamed = (name: string) => headers.some(([each]) => each.toLowerCase() === name);
    const bytes = Buffer.from(body);
    const request = http.request({
      hostname,
      port,
      method,
      path,
      agent: false,
      headers: [
        ...(isNamed('host') ? [] : [['Host', host]]),
        ...headers,
        ...(isNamed('content-length') || isNamed('transfer-encoding')
          ? []
          : [['Content-Length', String(bytes.length)]]),
      ] as unknown as readonly string[],
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { rawHeaders } = response;
        resolve({
          status: response.statusCode ?? 0,
          headers: Array.from(
            { length: rawHeaders.length / 2 },
            (_, at) => [rawHeaders[2 * at]!, rawHeaders[2 * at + 1]!] as const,
          ),
          body: Buffer.concat(chunks),
        });
      });
    });
    request.end(bytes);
  });
}

/** What a page hears, from now on. */
export async function listen({ origin, token }: Running): Promise<{
  readonly events: StreamEvent[];
  until(test: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  close(): void;
}> {
  const ended = new AbortController();
  const response = await fetch(`${origin}/api/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: ended.signal,
  });
  const events: StreamEvent[] = [];
  let wake = (): void => undefined;
  void (async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts)
        if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)) as StreamEvent);
      wake();
    }
  })().catch(() => undefined);
  onTestFinished(() => ended.abort());
  return {
    events,
    async until(test) {
      for (;;) {
        const found = events.find(test);
        if (found) return found;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    close: () => ended.abort(),
  };
}

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KeptWebhook {
  readonly id: string;
  name: string;
  targetUrl: string;
  events: string[];
  active: boolean;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Received {
  readonly line: string;
  readonly body: unknown;
}

/** A Helpdesk that does what the vendor's reference says of its webhooks, with lists in pages of two. */
export interface HelpdeskServer {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly workspaceId: string;
  kept: KeptWebhook[];
  readonly requests: Received[];
  /** Is called before each answer, as others change things in between. */
  meanwhile: (line: string) => void;
  /** Of the requests that are refused, how the line begins: `DELETE`. */
  refused: string | undefined;
  add(webhook: Partial<KeptWebhook>): KeptWebhook;
  reset(): void;
  close(): Promise<void>;
}

export async function helpdeskServer(): Promise<HelpdeskServer> {
  let age = 0;
  const state: HelpdeskServer = {
    baseUrl: '',
    apiKey: 'aclou_068d7361699073144ca3',
    workspaceId: 'ws_1',
    kept: [],
    requests: [],
    meanwhile: () => undefined,
    refused: undefined,
    add({ name = 'ours', targetUrl = 'https://a.example/', events = [], active = true }) {
      const createdAt = new Date(Date.UTC(2025, 0, 1, 0, 0, age++)).toISOString();
      const fresh = { id: `whk_${age}`, name, targetUrl, events, active, createdAt, updatedAt: createdAt };
      state.kept.push(fresh);
      return fresh;
    },
    reset() {
      age = 0;
      state.kept = [];
      state.requests.length = 0;
      state.meanwhile = () => undefined;
      state.refused = undefined;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server: Server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const line = `${request.method} ${pathname}`;
      state.requests.push({ line, body });
      state.meanwhile(line);
      const { authorization, 'x-workspace-id': workspace } = request.headers;
      const isAllowed = state.refused === undefined || !line.startsWith(state.refused);
      const [status, value] =
        isAllowed && authorization === `Bearer ${state.apiKey}` && workspace === state.workspaceId
          ? answered(state, request.method ?? '', pathname, searchParams, body)
          : [401, { error: { code: 'INVALID_API_KEY', message: `not ${authorization}` } }];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { baseUrl: `http://127.0.0.1:${port}` });
}

function answered(
  state: HelpdeskServer,
  method: string,
  pathname: string,
  query: URLSearchParams,
  body: unknown,
): readonly [status: number, value?: unknown] {
  const [whole, id] = /^\/helpdesk\/api\/v1\/webhooks(?:\/([^/]+))?$/.exec(pathname) ?? [];
  const { webhook = {} } = (body ?? {}) as { readonly webhook?: Partial<KeptWebhook> };
  if (whole !== undefined && id === undefined && method === 'POST') {
    const fresh = state.add(webhook);
    return [201, { webhook: { ...fresh, signingSecret: secretOf(fresh.id) } }];
  }
  if (whole !== undefined && id === undefined) {
    const from = Number(query.get('page[after]') ?? 0);
    const meta = { hasMore: from + 2 < state.kept.length, afterCursor: String(from + 2) };
    return [200, { webhooks: state.kept.slice(from, from + 2), meta }];
  }
  const found = state.kept.find((each) => each.id === id);
  if (found === undefined) return [404, { error: { code: 'NOT_FOUND', message: 'no webhook' } }];
  if (method === 'DELETE') {
    state.kept = state.kept.filter((each) => each !== found);
    return [204];
  }
  Object.assign(found, webhook);
  return [200, { webhook: found }];
}

/** The signing secret of a webhook. */
export function secretOf(id: string): string {
  return `whsec_${Buffer.from(id.padEnd(32, '.')).toString('base64')}`;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

import type {
  Checked,
  CheckRequest,
  Detail,
  EventInfo,
  Inference,
  InferRequest,
  SendRequest,
  Sent,
  State,
  StreamEvent,
  Summary,
  Text,
} from '../dev/api.js';
import { serverSentEvents } from './server-sent.js';

/** The server said no, or nothing. */
export class Failure extends Error {
  override readonly name = 'Failure';

  /** 0 where there was no answer. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Asks the server of this page. Every method throws a {@link Failure}. */
export class Client {
  readonly #token: string;
  readonly #origin: string;

  /** @param origin of the server; the page's own by default */
  constructor(token: string, origin = '') {
    this.#token = token;
    this.#origin = origin;
  }

  state = (): Promise<State> => this.#ask('GET', 'state');
  events = (): Promise<readonly EventInfo[]> => this.#ask('GET', 'events');
  deliveries = (): Promise<readonly Summary[]> => this.#ask('GET', 'deliveries');
  detail = (id: string): Promise<Detail> => this.#ask('GET', of(id));
  curl = (id: string): Promise<Text> => this.#ask('GET', `${of(id)}/curl`);
  test = (id: string): Promise<Text> => this.#ask('GET', `${of(id)}/test`);
  replay = (id: string): Promise<Sent> => this.#ask('POST', `${of(id)}/replay`);
  send = (request: SendRequest): Promise<Sent> => this.#ask('POST', 'send', request);
  check = (request: CheckRequest): Promise<Checked> => this.#ask('POST', 'check', request);
  infer = (request: InferRequest): Promise<Inference> => this.#ask('POST', 'infer', request);
  remove = (id: string): Promise<unknown> => this.#ask('DELETE', of(id));
  clear = (): Promise<unknown> => this.#ask('DELETE', 'deliveries');

  /** Reports what happens, until the connection ends. */
  async stream(
    onOpen: () => void,
    onEvent: (event: StreamEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { body } = await this.#fetch('GET', 'stream', undefined, signal);
    if (body === null) return;
    onOpen();
    const read = serverSentEvents();
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const data of read(value)) onEvent(JSON.parse(data) as StreamEvent);
    }
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#fetch(method, path, body);
    return (await answer.json()) as T;
  }

  async #fetch(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const answer = await fetch(`${this.#origin}/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch(() => {
      throw new Failure('The server does not answer.', 0);
    });
    if (!answer.ok) throw new Failure(await errorOf(answer), answer.status);
    return answer;
  }
}

function of(id: string): string {
  return `deliveries/${encodeURIComponent(id)}`;
}

async function errorOf(answer: Response): Promise<string> {
  try {
    const { error } = (await answer.json()) as { error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // Not the server's own answer.
  }
  return `The server answered ${answer.status}.`;
}

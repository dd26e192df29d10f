import type { ServerResponse } from 'node:http';
import type { StreamEvent } from './api.js';

/** Reports to every page that is open what happens, as server-sent events. */
export interface Stream {
  readonly publish: (event: StreamEvent) => void;
  /** Answers a request with events from now on. False where too many listen. */
  add(response: ServerResponse, headers: Readonly<Record<string, string>>): boolean;
  close(): void;
}

const listenersAtMost = 64;
/** What may wait for one reader. A page that is further behind asks for everything anew. */
const waitingAtMost = 4 * 1024 * 1024;
/** Proxies and browsers give up on what is silent. */
const heartbeatMs = 15_000;

export function newStream(): Stream {
  const listeners = new Set<ServerResponse>();
  const write = (text: string) => {
    for (const each of listeners) {
      if (each.writableLength > waitingAtMost) each.destroy();
      else each.write(text);
    }
  };
  const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
  heartbeat.unref();

  return {
    publish: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
    add(response, headers) {
      if (listeners.size >= listenersAtMost) return false;
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      // The first bytes open the stream.
      response.write(':\n\n');
      return true;
    },
    close() {
      clearInterval(heartbeat);
      for (const each of listeners) each.end();
    },
  };
}

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { servers } from './servers.js';
import { path, post, watched } from './setup.js';

/** Uploads that nobody wants, or that nobody finishes: a short form of `bench/uploads.mjs`. */

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const size = 2 ** 20;
const chunk = Buffer.alloc(2 ** 16, 'a');
const head = (more: string) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${more}\r\n`;

async function open(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  socket.resume();
  return socket;
}

/** How a sender makes an upload, as long as it is let. */
const uploads: readonly (readonly [what: string, upload: (port: number) => Promise<void>])[] = [
  [
    'aborted',
    async (port) => {
      const socket = await open(port, head(`Content-Length: ${size}\r\n`));
      socket.write(Buffer.alloc(size / 2));
      await sleep(10);
      socket.destroy();
    },
  ],
  [
    'too large for its length',
    async (port) => {
      const socket = await open(port, head(`Content-Length: ${100 * size}\r\n`));
      for (let sent = 0; sent < 2 * size && !socket.destroyed; sent += chunk.length) socket.write(chunk);
      await sleep(10);
      socket.destroy();
    },
  ],
  [
    'too large, in chunks',
    async (port) => {
      const socket = await open(port, head('Transfer-Encoding: chunked\r\n'));
      for (let sent = 0; sent < 2 * size && !socket.destroyed; sent += chunk.length)
        socket.write(
          Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
        );
      await sleep(10);
      socket.destroy();
    },
  ],
  [
    'trickled until the deadline',
    async (port) => {
      const socket = await open(port, head(`Content-Length: ${size}\r\n`));
      const closed = once(socket, 'close');
      for (let sent = 0; sent < 40 && !socket.destroyed; sent += 1) {
        socket.write('a');
        await sleep(10);
      }
      socket.destroy();
      await closed;
    },
  ],
];

const each = servers.filter(([name, platform]) => platform !== 'lambda' && !name.includes('behind'));

describe.each(each)('%s', (_, __, serve) => {
  test.each(uploads)('%s: nothing is kept, and the server goes on', async (___, upload) => {
    const { receiver, errors } = watched({ deadlineMs: 100, maxBodyBytes: size });
    const { port, close } = await serve(receiver);
    onTestFinished(close);
    const round = () => Promise.all(Array.from({ length: 10 }, () => upload(port)));
    await round();
    await sleep(150);
    const before = held();
    for (let more = 0; more < 2; more += 1) await round();
    await sleep(150);
    // The sockets of both sides take a moment; what is kept of twenty bodies, half a mebibyte each, stays.
    await expect.poll(() => (held() - before) / size, { timeout: 10_000, interval: 100 }).toBeLessThan(4);
    expect(await post(port)).toMatchObject({ status: 200 });
    expect(errors).toEqual([]);
  });
});

function held(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

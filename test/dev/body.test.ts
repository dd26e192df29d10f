import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { running, type Running } from './dev.js';

const size = 2 ** 24;

/** Sends a request as clients do that read nothing before they have written everything. */
async function sent(to: string, head: readonly string[], body: Uint8Array): Promise<string> {
  const { hostname, port, host } = new URL(to);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.pause();
  const text = `${[...head, `Host: ${host}`, 'Connection: close'].join('\r\n')}\r\n\r\n`;
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(Buffer.concat([Buffer.from(text), body]), (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const bytes = Buffer.alloc(size, 'x');
const plain = { header: `Content-Length: ${size}`, body: bytes };
const chunked = {
  header: 'Transfer-Encoding: chunked',
  body: Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]),
};
const endpoint = (one: Running) => ({ to: one.dev.endpoint, head: ['POST /freshdesk HTTP/1.1'] });
const page = (one: Running) => ({
  to: one.origin,
  head: ['POST /api/check HTTP/1.1', `Authorization: Bearer ${one.token}`],
});

test.each([
  [413, 'deliveries', 'of a length', endpoint, plain],
  [413, 'deliveries', 'in chunks', endpoint, chunked],
  [413, 'the page', 'of a length', page, plain],
  [413, 'the page', 'in chunks', page, chunked],
  [
    401,
    'the page',
    'without its token',
    (one: Running) => ({ ...page(one), head: page(one).head.slice(0, 1) }),
    chunked,
  ],
])(
  '%i is the answer to a body that is too large for the server of %s, %s',
  async (status, _, __, request, { header, body }) => {
    const one = await running();
    const { to, head } = request(one);
    expect(await sent(to, [...head, header], body)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(await one.list()).toEqual([]);
  },
);

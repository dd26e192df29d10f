/**
 * What an hour of bad senders would do to a server's memory: for a minute, sixty connections at once send bodies that are too
 * large, that come a byte at a time, or that break off, to each adapter that reads from a socket. The resident size is
 * measured each second, and good deliveries have to be answered all the while.
 *
 *     node bench/uploads.mjs [seconds]
 */
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kitBundle } from './bundle.mjs';
import { table } from './table.mjs';

const seconds = Number(process.argv[2] ?? 60);
const bundle = await kitBundle();
const path = '/webhooks/freshdesk/ticket-created';
const head = (more) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${more}\r\n\r\n`;
const chunk = Buffer.alloc(2 ** 16, 'a');
const framed = Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')]);

/** Each sends until it is stopped or has sent enough, then hangs up. */
const senders = {
  oversized: (socket) => pour(socket, head('Content-Length: 104857600'), chunk, 64, 0),
  chunked: (socket) => pour(socket, head('Transfer-Encoding: chunked'), framed, 64, 0),
  trickled: (socket) => pour(socket, head('Content-Length: 1000000'), Buffer.from('a'), 100, 20),
  aborted: (socket) => pour(socket, head('Content-Length: 1000000'), chunk, 8, 1),
};

async function pour(socket, start, piece, times, pause) {
  socket.write(start);
  for (let sent = 0; sent < times && !socket.destroyed; sent += 1) {
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close'), sleep(500)]);
    else await sleep(pause);
  }
}

async function misbehave(port, send, until) {
  let count = 0;
  while (performance.now() < until) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    await send(socket).catch(() => undefined);
    socket.destroy();
    count += 1;
  }
  return count;
}

async function measured(framework) {
  const child = fork(join(import.meta.dirname, 'adapters-server.mjs'), [bundle, framework, 'adapter'], {
    // One line for each refusal is what the receiver prints by default.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [{ port }] = await once(child, 'message');
  const until = performance.now() + seconds * 1000;
  const bad = Object.values(senders).flatMap((send) =>
    Array.from({ length: 15 }, () => misbehave(port, send, until)),
  );
  const body = '{"freshdesk_webhook":{"ticket_id":1}}';
  const signature = createHmac('sha256', 'bench'.repeat(8)).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-signature': signature };
  const sizes = [];
  while (performance.now() < until) {
    await sleep(1000);
    const { status } = await globalThis.fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers,
      body,
    });
    if (status !== 200) throw new Error(`${framework} answered ${status}`);
    child.send('spent');
    const [{ memory }] = await once(child, 'message');
    sizes.push(memory.rss / 2 ** 20);
  }
  const count = (await Promise.all(bad)).reduce((sum, each) => sum + each, 0);
  child.disconnect();
  const third = Math.ceil(sizes.length / 3);
  const most = (part) => Math.max(...part).toFixed(0);
  return [
    framework,
    String(count),
    most(sizes.slice(0, third)),
    most(sizes.slice(third, 2 * third)),
    most(sizes.slice(2 * third)),
  ];
}

table(`Resident size in MiB under ${seconds} s of bad uploads: the most in each third`, [
  ['', 'uploads', 'first', 'second', 'last'],
  ...(await Promise.all(['node', 'express', 'fastify'].map(measured))),
]);

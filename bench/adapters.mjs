/**
 * What each adapter costs over real HTTP: requests per second on keep-alive connections, against the same framework doing
 * only HMAC and `JSON.parse`; and the time on the processor that the server spends on a request, which other work on the
 * machine does not change. Servers are processes of their own, and rounds of both are interleaved: the median of the
 * ratios is what counts.
 *
 *     node bench/adapters.mjs [seconds of each round]
 */
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { kitBundle } from './bundle.mjs';
import { median, table } from './table.mjs';

const rounds = 9;
const connections = 32;
const roundMs = Number(process.argv[2] ?? 1) * 1000;

const bundle = await kitBundle();
const sample = '../specs/samples/freshdesk-ticket-created-simple-all-fields.json';
const body = JSON.stringify(JSON.parse(readFileSync(join(import.meta.dirname, sample), 'utf8')));
const request = Buffer.from(
  [
    'POST /webhooks/freshdesk/ticket-created HTTP/1.1',
    'Host: receiver.example',
    'User-Agent: Freshworks',
    'Accept: */*',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Signature: ${createHmac('sha256', 'bench'.repeat(8)).update(body).digest('hex')}`,
    '',
    body,
  ].join('\r\n'),
);

/** Starts a server; `load` keeps its connections busy for a round. */
async function start(framework, kind) {
  const child = fork(join(import.meta.dirname, 'adapters-server.mjs'), [bundle, framework, kind]);
  const [{ port }] = await once(child, 'message');
  const spent = async () => {
    child.send('spent');
    const [told] = await once(child, 'message');
    return told;
  };
  return {
    async load() {
      const before = await spent();
      const started = performance.now();
      const answers = await Promise.all(
        Array.from({ length: connections }, () => converse(port, started + roundMs)),
      );
      const ms = performance.now() - started;
      const after = await spent();
      const count = answers.reduce((sum, each) => sum + each, 0);
      if (after.handled - before.handled < count) throw new Error(`${framework} did not handle all`);
      return { perSecond: (count * 1000) / ms, microseconds: (after.cpu - before.cpu) / count };
    },
    stop: () => child.disconnect(),
  };
}

/** Sends one request after the other on one connection; resolves to how many were answered with 200. */
async function converse(port, until) {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');
  let count = 0;
  let pending = '';
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.setEncoding('latin1').on('data', (text) => {
      pending += text;
      if (!pending.endsWith('}')) return;
      if (!pending.startsWith('HTTP/1.1 200 ')) return reject(new Error(pending));
      pending = '';
      count += 1;
      if (performance.now() < until) return socket.write(request);
      socket.destroy();
      resolve(count);
    });
    socket.write(request);
  });
}

async function measured(framework) {
  const [bare, adapter] = [await start(framework, 'bare'), await start(framework, 'adapter')];
  const results = [];
  for (let round = -2; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [bare, adapter] : [adapter, bare];
    const found = new Map();
    for (const server of order) found.set(server, await server.load());
    if (round >= 0) results.push({ bare: found.get(bare), adapter: found.get(adapter) });
  }
  bare.stop();
  adapter.stop();
  return [
    framework,
    median(results.map((each) => each.bare.perSecond)).toFixed(0),
    median(results.map((each) => each.adapter.perSecond)).toFixed(0),
    median(results.map((each) => each.adapter.perSecond / each.bare.perSecond)).toFixed(2),
    median(results.map((each) => each.bare.microseconds)).toFixed(0),
    median(results.map((each) => each.adapter.microseconds)).toFixed(0),
    median(results.map((each) => each.bare.microseconds / each.adapter.microseconds)).toFixed(2),
  ];
}

table('Adapters over HTTP, requests per second and microseconds of the processor per request', [
  ['', 'HMAC and parse alone', 'the adapter', 'ratio', 'µs alone', 'µs adapter', 'ratio'],
  await measured('node'),
  await measured('express'),
  await measured('fastify'),
  await measured('lambda'),
]);

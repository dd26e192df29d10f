/**
 * What a receiver costs: deliveries per second of signature, parsing, validation and routing together, against the
 * signature and `JSON.parse` alone, which nobody can do without. The kit is a generated one, the bodies are samples.
 * Rounds of both are interleaved, so that a busy machine slows both; the median of the ratios is what counts.
 *
 *     node bench/receiver.mjs
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { newKit, workplace } from './package.mjs';
import { median, table } from './table.mjs';

const rounds = 31;
const deliveriesPerRound = 3000;
const secret = 'bench'.repeat(8);

const kit = newKit();
const bundle = join(workplace, 'kit.mjs');
await build({
  entryPoints: [join(kit, 'index.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
});
const { createReceiver, hmacSignature, ignoringRest } = await import(pathToFileURL(bundle).href);

let handled = 0;
const count = async () => {
  handled += 1;
};
const verifier = hmacSignature({ header: 'x-signature', secrets: secret });
const receiver = createReceiver({
  handlers: ignoringRest({
    'freshdesk/ticket-created': count,
    'freshchat/message-create': count,
    'whatsapp/outbound-message': count,
  }),
  verify: {
    freshchat: verifier,
    freshdesk: verifier,
    freshservice: verifier,
    helpdesk: verifier,
    whatsapp: verifier,
  },
});

/** A signed delivery of a sample, as a server would hand it over. */
function deliveryOf(event, sample) {
  const path = resolve(import.meta.dirname, '../specs/samples', sample);
  const body = Buffer.from(JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))));
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    host: 'receiver.example',
    'user-agent': 'Freshworks',
    accept: '*/*',
    'content-type': 'application/json',
    'content-length': String(body.byteLength),
    'x-signature': signature,
  };
  return { method: 'POST', path: `/${event}`, headers, body };
}

/** What nobody can do without, done once. */
function alone({ headers, body }) {
  const expected = createHmac('sha256', secret).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(headers['x-signature'], 'hex')))
    throw new Error('wrong signature');
  if (JSON.parse(body.toString()) === null) throw new Error('no payload');
}

async function received(delivery) {
  const { status } = await receiver.receive(delivery);
  if (status !== 200) throw new Error(`answered ${status}`);
}

async function perSecond(work, delivery) {
  const start = performance.now();
  for (let index = 0; index < deliveriesPerRound; index += 1) await work(delivery);
  return (deliveriesPerRound * 1000) / (performance.now() - start);
}

async function measured(event, sample) {
  const delivery = deliveryOf(event, sample);
  const results = [];
  for (let round = -5; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [alone, received] : [received, alone];
    const speeds = new Map();
    for (const work of order) speeds.set(work, await perSecond(work, delivery));
    if (round >= 0) results.push({ alone: speeds.get(alone), received: speeds.get(received) });
  }
  return [
    event,
    `${delivery.body.byteLength}`,
    median(results.map((each) => each.alone)).toFixed(0),
    median(results.map((each) => each.received)).toFixed(0),
    median(results.map((each) => each.received / each.alone)).toFixed(2),
  ];
}

table('The receiver, deliveries per second', [
  ['', 'bytes', 'HMAC, compare and parse alone', 'the receiver', 'ratio'],
  await measured('freshdesk/ticket-created', 'freshdesk-ticket-created-simple-all-fields.json'),
  await measured('freshchat/message-create', 'freshchat-message-create-by-agent-2021.json'),
  await measured('whatsapp/outbound-message', 'whatsapp-outbound-message-delivered.json'),
]);
if (handled === 0) throw new Error('nothing was handled');

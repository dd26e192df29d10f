/**
 * What a receiver costs: deliveries per second of signature, parsing, validation and routing together, against the
 * signature and `JSON.parse` alone, which nobody can do without. Rounds of both are interleaved, so that a busy machine
 * slows both; the median of the ratios is what counts.
 *
 *     npx esbuild bench/receiver.ts --bundle --platform=node --format=esm --outfile=dist/bench/receiver.mjs && node dist/bench/receiver.mjs
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ignoringRest } from '../templates/events.js';
import { createReceiver, type Delivery } from '../templates/receiver.js';
import { dangerouslyUnverified, hmacSignature } from '../templates/signatures.js';

const rounds = 41;
const deliveriesPerRound = 4000;
const secret = 'bench'.repeat(8);

const lines = Array.from({ length: 12 }, (_, index) => ({
  sku: `SKU-${index}`,
  title: `Line number ${index} of the order`,
  amount: index,
}));
const body = Buffer.from(
  JSON.stringify({ kind: 'order.paid', id: 'ord_48046815001', total: 1999, note: 'größer', lines }),
);
const signature = createHmac('sha256', secret).update(body).digest('hex');
const delivery: Delivery = {
  method: 'POST',
  path: '/shop/order-paid',
  headers: {
    host: 'receiver.example',
    'user-agent': 'Shop/1.0',
    accept: '*/*',
    'content-type': 'application/json',
    'content-length': String(body.byteLength),
    'x-signature': signature,
  },
  body,
};

let handled = 0;
const receiver = createReceiver({
  handlers: ignoringRest({
    'shop/order-paid': async (event) => {
      handled += event.payload.total ?? 0;
    },
  }),
  verify: {
    shop: hmacSignature({ header: 'X-Signature', secrets: secret }),
    reviews: dangerouslyUnverified(),
  },
});

async function alone(): Promise<void> {
  const expected = createHmac('sha256', secret).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) throw new Error('wrong signature');
  handled += (JSON.parse(body.toString()) as { total: number }).total;
}

async function received(): Promise<void> {
  const { status } = await receiver.receive(delivery);
  if (status !== 200) throw new Error(`answered ${status}`);
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let count = 0; count < deliveriesPerRound; count++) await work();
  return (deliveriesPerRound * 1000) / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

const results: { alone: number; received: number }[] = [];
for (let round = -5; round < rounds; round++) {
  const first = round % 2 === 0;
  const before = first ? await perSecond(alone) : await perSecond(received);
  const after = first ? await perSecond(received) : await perSecond(alone);
  if (round >= 0)
    results.push(first ? { alone: before, received: after } : { alone: after, received: before });
}
const ratio = median(results.map((each) => each.received / each.alone));
console.log(`body                          ${body.byteLength} bytes`);
console.log(
  `HMAC, compare, parse alone    ${median(results.map((each) => each.alone)).toFixed(0)} per second`,
);
console.log(
  `the receiver                  ${median(results.map((each) => each.received)).toFixed(0)} per second`,
);
console.log(`ratio                         ${ratio.toFixed(3)}`);
if (!(handled > 0)) throw new Error('nothing was handled');

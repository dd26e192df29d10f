import { ignoringRest, type AnyWebhookEvent } from '../../templates/events.js';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../templates/runtime/receiver.js';
import { dangerouslyUnverified, hmacSignature } from '../../templates/runtime/signatures.js';
import { hmac } from '../templates/keys.js';

export const secret = 'shared by test and sender';
export const good = '{"kind":"order.paid","note":"größer"}';
export const path = '/webhooks/shop/order-paid';

export const signedHeaders = (body: string | Uint8Array = good) => ({
  'x-signature': hmac(secret, body),
  'content-type': 'application/json',
});

/** A receiver, and what became of its deliveries. */
export interface Watched {
  readonly receiver: Receiver;
  readonly handled: AnyWebhookEvent[];
  readonly errors: string[];
  readonly refused: number[];
}

export function watched(changes: Partial<ReceiverOptions> = {}): Watched {
  const handled: AnyWebhookEvent[] = [];
  const errors: string[] = [];
  const refused: number[] = [];
  const receiver = createReceiver({
    handlers: ignoringRest({ 'shop/order-paid': (event) => void handled.push(event) }),
    verify: {
      shop: hmacSignature({ header: 'X-Signature', secrets: secret }),
      reviews: dangerouslyUnverified(),
    },
    basePath: '/webhooks',
    onError: (error) => void errors.push(String(error)),
    on: { rejected: ({ status }) => void refused.push(status) },
    ...changes,
  });
  return { receiver, handled, errors, refused };
}

export interface Posted {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Sends a delivery, rightly signed where nothing else is said. */
export async function post(port: number, { body = good, ...sent }: Posted = {}) {
  const response = await fetch(`http://127.0.0.1:${port}${sent.path ?? path}`, {
    method: sent.method ?? 'POST',
    headers: { ...signedHeaders(body), ...sent.headers },
    ...(sent.method !== 'GET' && { body }),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: await response.text() };
}

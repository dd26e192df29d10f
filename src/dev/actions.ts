import { Buffer } from 'node:buffer';
import { contentTypeOf, signedRequest, userAgent } from '../delivery/compose.js';
import type { Credentials } from '../delivery/credentials.js';
import type { LiveKit } from '../delivery/live-kit.js';
import { ownHeadersOf } from '../delivery/headers.js';
import { splitQuery } from '../delivery/query.js';
import type { Posted } from '../delivery/post.js';
import type { SendRequest, Sent, Source } from './api.js';
import type { Deliveries } from './deliveries.js';
import type { Request } from './endpoint.js';
import { answerOf, replyOf, type Forwarder } from './forward.js';
import type { Reply } from './endpoint.js';

/** A request of the page that cannot be done, and why. */
export class Refused extends Error {
  readonly status: 400 | 404 | 409;

  constructor(status: Refused['status'], message: string) {
    super(message);
    this.status = status;
  }
}

export function notKept(): Refused {
  return new Refused(404, 'This delivery is no longer kept.');
}

export interface Desk {
  readonly deliveries: Deliveries;
  readonly forwarder: Forwarder | undefined;
  readonly kit: () => LiveKit;
  readonly credentials: () => Credentials;
}

/** What deliveries are answered where nothing is forwarded. */
const keptReply: Reply = {
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: '{"result":"kept"}\n',
};

/** Takes a delivery: keeps it, forwards it, and says what its sender is answered. */
export async function receive(desk: Desk, request: Request): Promise<Reply> {
  // It is on its way before it is looked at.
  const posted = desk.forwarder?.forward(request);
  const kept = keep(desk, { ...request, source: 'received' }, posted);
  if (posted === undefined) {
    await kept;
    return keptReply;
  }
  return replyOf(await posted);
}

/** Sends a delivery again: the same bytes and headers. */
export async function replay(desk: Desk, id: string): Promise<Sent> {
  const capture = desk.deliveries.read(id);
  if (capture === undefined) throw notKept();
  const { method, path, headers, body, of } = capture;
  const request = { method, path, headers, body };
  return send(desk, request, 'replayed', of ?? id);
}

/** Sends what was edited, or a sample. */
export async function sendNew(desk: Desk, { event, of, body }: SendRequest): Promise<Sent> {
  const kit = desk.kit();
  if (of !== undefined) {
    const capture = desk.deliveries.read(of);
    if (capture === undefined) throw notKept();
    const bytes = body === undefined ? capture.body : Buffer.from(body);
    const { method, path } = capture;
    const headers = ownHeadersOf(capture.headers);
    const request = signedAgain(desk, { method, path, headers, body: bytes }, event);
    return send(desk, request, 'edited', capture.of ?? of);
  }
  const known = kit.catalog.events.find(({ name }) => name === event);
  if (known === undefined) throw new Refused(400, 'The documents have no such event.');
  const sample = sampleText(kit, known.name);
  const request = signedAgain(
    desk,
    {
      method: 'POST',
      path: kit.pathOf(known.name),
      headers: [
        ['Content-Type', 'application/json'],
        ['User-Agent', userAgent],
      ],
      body: Buffer.from(body ?? sample),
    },
    known.name,
  );
  return send(desk, request, body === undefined || body === sample ? 'sample' : 'edited', undefined);
}

/** The sample of an event as the page shows and sends it. */
export function sampleText(kit: LiveKit, event: string): string {
  return JSON.stringify(kit.sample(event), undefined, 2);
}

/** With what the product would have signed these bytes, as far as there is a secret, and with the user's own headers. */
function signedAgain(desk: Desk, request: Request, named: string | undefined): Request {
  const kit = desk.kit();
  const decoded = kit.decode(request.body, contentTypeOf(request.headers));
  const event = named ?? kit.identify(request.path, 'payload' in decoded ? decoded.payload : undefined);
  const product = kit.catalog.events.find(({ name }) => name === event)?.product;
  const { path, query: came } = splitQuery(request.path);
  const { query, headers, body } = signedRequest(desk.credentials(), { ...request, product, query: came });
  return { method: request.method, path: `${path}${query}`, headers, body };
}

async function send(desk: Desk, request: Request, source: Source, of: string | undefined): Promise<Sent> {
  if (desk.forwarder === undefined && source === 'replayed')
    throw new Refused(
      409,
      'Nothing is forwarded: start `dev` with `--forward URL`, and deliveries can be sent again.',
    );
  const posted = desk.forwarder?.forward(request);
  return keep(desk, { ...request, source, ...(of !== undefined && { of }) }, posted);
}

function keep(
  { deliveries }: Desk,
  incoming: Parameters<Deliveries['add']>[0],
  posted: Promise<Posted> | undefined,
): Promise<Sent> {
  return deliveries.add(incoming, posted?.then(answerOf)).then(({ id }) => ({ id }));
}

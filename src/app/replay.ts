import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Options } from '../config/settings.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { printable } from '../diagnostics/printable.js';
import { contentTypeOf, resigned, userAgent, type Composed } from '../delivery/compose.js';
import { credentials } from '../delivery/credentials.js';
import type { Header } from '../delivery/headers.js';
import type { LiveKit } from '../delivery/live-kit.js';
import { post } from '../delivery/post.js';
import { originForm } from '../delivery/origin-form.js';
import { addressOf, readTarget } from '../delivery/target.js';
import type { Json } from '../model/json.js';
import { eventOfPath } from '../infer/event-of-path.js';
import { isId } from '../store/id.js';
import { openStore } from '../store/store.js';
import { deliveriesOf } from './deliveries.js';
import { readDelivery, type FileDelivery } from './exported.js';
import { loadKit } from './live-kit.js';
import { outcomeOf, type SendRequest, type Sent } from './send.js';

export interface ReplayRequest extends Omit<SendRequest, 'event' | 'body' | 'set' | 'form'> {
  /** A file, the id of a kept delivery, or `last`. */
  readonly what: string;
  /** Whether it is signed again, with the credentials that are given. */
  readonly sign: boolean;
}

/**
 * Sends a delivery again: the same bytes and headers. What belongs to the connection is made anew.
 *
 * @throws Rejected for what is asked wrongly; that nobody answers is an outcome
 */
export async function replay(kits: readonly Options[], request: ReplayRequest): Promise<Sent> {
  const target = readTarget(request.to);
  if (!request.sign && (request.credentials.secretEnv ?? request.credentials.key) !== undefined)
    throw new Rejected(
      diagnostic(
        'usage-invalid',
        '`replay` sends the signature that the delivery came with; with `--sign`, it signs again.',
      ),
    );
  const delivery = await deliveryOf(request.what, request.cwd);
  const { headers = defaults(), body, path = '/' } = delivery;
  const { kit, event } = await kitOf(kits, delivery);
  const product = kit.catalog.events.find(({ name }) => name === event)?.product;
  const signing = await credentials(kit, request.credentials, {
    ...request,
    signs: request.sign,
    ...(product !== undefined && { products: [product] }),
  });
  if (request.sign && (product === undefined || !signing.signing.includes(product)))
    throw new Rejected(
      product === undefined
        ? diagnostic(
            'replay-product-unknown',
            `Nothing says which product ${printable(delivery.name)} is of, so it cannot be signed.`,
          )
        : diagnostic('secret-missing', `\`--sign\` needs the secret or the private key of ${product}.`),
    );
  const came: Composed = {
    url: addressFor(target, { kit, event, path, isExact: request.asIs ?? false }),
    headers,
    body,
  };
  const composed = resigned(signing, { ...came, product: request.sign ? product : undefined });
  const decoded = kit.decode(body, contentTypeOf(headers));
  const posted = await post(composed, {
    timeoutMs: request.timeoutMs,
    signal: request.signal,
    method: delivery.method ?? 'POST',
  });
  return outcomeOf(posted, {
    composed,
    signing,
    sent: {
      name: delivery.name,
      payload: 'payload' in decoded ? (decoded.payload as Json) : undefined,
    },
    notes: [],
    event,
    method: delivery.method ?? 'POST',
    hints: {
      401: request.sign
        ? ': it takes other credentials than those that were sent'
        : ': the signature may be too old by now, or another secret is in force; `--sign` signs again',
    },
  });
}

/** What a file without headers is sent with. */
function defaults(): readonly Header[] {
  return [
    ['Content-Type', contentTypeOf([])],
    ['User-Agent', userAgent],
  ];
}

async function deliveryOf(what: string, cwd: string): Promise<FileDelivery> {
  const isFile = existsSync(resolve(cwd, what));
  if (isFile) return readDelivery(what, cwd);
  if (what !== 'last' && !isId(what)) return readDelivery(what, cwd);
  const store = openStore(deliveriesOf(cwd));
  const id = what === 'last' ? store.list()[0]?.id : what;
  const capture = id === undefined ? undefined : store.read(id);
  if (capture === undefined)
    throw new Rejected(
      diagnostic(
        'delivery-missing',
        what === 'last'
          ? 'No delivery of this project is kept.'
          : `There is neither a file nor a kept delivery of the name ${printable(fileName(what, cwd))}.`,
      ),
    );
  return { ...capture, name: capture.id };
}

/** The kit that knows the event of a delivery; the first one where none does. */
async function kitOf(
  kits: readonly Options[],
  { headers, body, path = '/', event, name: file }: FileDelivery,
): Promise<{ readonly kit: LiveKit; readonly event: string | undefined }> {
  let first: LiveKit | undefined;
  for (const options of kits) {
    const kit = await loadKit(options);
    first ??= kit;
    const decoded = kit.decode(body, contentTypeOf(headers ?? []));
    const known = event !== undefined && namesOf(kit).includes(event) ? event : undefined;
    const found = known ?? kit.identify(path, 'payload' in decoded ? decoded.payload : undefined);
    const named = found ?? eventOfPath(file, namesOf(kit));
    if (named !== undefined) return { kit, event: named };
  }
  return { kit: first ?? (await loadKit()), event: undefined };
}

function namesOf({ catalog }: LiveKit): readonly string[] {
  return catalog.events.map(({ name }) => name);
}

/**
 * As `send` finds it where the event is known; else the address as it is, with the path that the delivery came to where it has
 * none. The query comes along, for it may hold what the receiver asks for, unless the address is exact or has one.
 */
function addressFor(
  target: URL,
  {
    kit,
    event,
    path,
    isExact,
  }: {
    readonly kit: LiveKit;
    readonly event: string | undefined;
    readonly path: string;
    readonly isExact: boolean;
  },
): URL {
  const came = originForm(path);
  const url = event === undefined ? new URL(target) : addressOf(target, event, { kit, isExact });
  url.hash = '';
  if (isExact) return url;
  if (event === undefined && url.pathname === '/') url.pathname = came.path;
  if (url.search === '') url.search = came.query;
  return url;
}

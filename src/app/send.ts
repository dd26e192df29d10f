import { nearestWord, shownWord } from '../config/nearest-word.js';
import type { Options } from '../config/settings.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { findingsOf, issuesIn, type SentBody } from '../delivery/answer.js';
import { compose, contentTypeOf, type Composed } from '../delivery/compose.js';
import { credentials, type CredentialFlags, type Credentials } from '../delivery/credentials.js';
import { headerIn } from '../delivery/headers.js';
import type { LiveKit } from '../delivery/live-kit.js';
import { post, type Posted } from '../delivery/post.js';
import type { Redaction } from '../delivery/redaction.js';
import { readTarget } from '../delivery/target.js';
import type { Json } from '../model/json.js';
import { pointerOf } from '../model/pointer.js';
import { readDelivery } from './exported.js';
import { loadKit } from './live-kit.js';

export type { CredentialFlags } from '../delivery/credentials.js';

/** What a delivery is, where it goes, and how it is signed. */
export interface SendRequest {
  readonly event: string | undefined;
  readonly to: string;
  /** Whether the address is taken as it is. */
  readonly asIs?: boolean | undefined;
  /** A file in the place of the sample. */
  readonly body?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly form?: boolean | undefined;
  readonly timeoutMs?: number | undefined;
  readonly credentials: CredentialFlags;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where paths start. */
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a delivery. Nothing in it holds a credential. */
export interface Sent {
  readonly event?: string;
  readonly method: string;
  /** Credentials in its query are hidden. */
  readonly url: string;
  /** Bytes of the body. */
  readonly size: number;
  /** Whether it carried credentials. */
  readonly isSigned: boolean;
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
}

export type Outcome =
  | {
      readonly status: number;
      readonly milliseconds: number;
      readonly contentType?: string;
      /** As text, without what was sent as a credential; the first 64 KiB. */
      readonly body: string;
      readonly isCut: boolean;
    }
  | { readonly failure: string; readonly reason: string; readonly milliseconds: number };

/**
 * Sends one delivery of an event.
 *
 * @param kits the documents of each kit of the configuration: the first that knows the event says what it is
 * @throws Rejected for what is asked wrongly; that nobody answers is an outcome
 */
export async function send(kits: readonly Options[], request: SendRequest): Promise<Sent> {
  const target = readTarget(request.to);
  const { kit, event } = await kitWith(kits, request.event);
  const { product } = event;
  const signing = await credentials(kit, request.credentials, {
    ...request,
    products: [product],
    signs: true,
  });
  const file = request.body === undefined ? undefined : await readDelivery(request.body, request.cwd);
  const typed = headerIn(signing.headers, 'content-type') ?? headerIn(file?.headers ?? [], 'content-type');
  const composed = compose(kit, signing, {
    event: event.name,
    to: target,
    isExact: request.asIs ?? false,
    body: file?.body,
    contentType: typed,
    set: request.set ?? [],
    form: request.form ?? false,
  });
  const decoded = kit.decode(composed.body, contentTypeOf(composed.headers));
  const payload = 'payload' in decoded ? (decoded.payload as Json) : undefined;
  const isAsWritten = file !== undefined && file.body === composed.body;
  const sent: SentBody = {
    name: isAsWritten ? file.name : printable(event.name),
    text: isAsWritten && isJson(file.body) ? Buffer.from(file.body).toString('utf8') : undefined,
    payload,
  };
  const notes =
    'reason' in decoded
      ? [diagnostic('payload-not-valid', `The body is no payload: ${decoded.reason}.`)]
      : invalidNote(kit, event.name, payload);
  const posted = await post(composed, { timeoutMs: request.timeoutMs, signal: request.signal });
  return outcomeOf(posted, { composed, signing, sent, notes, event: event.name, method: 'POST' });
}

/** The kit that knows an event, out of those of a configuration. */
export async function kitWith(
  kits: readonly Options[],
  asked: string | undefined,
): Promise<{ readonly kit: LiveKit; readonly event: LiveKit['catalog']['events'][number] }> {
  const name = asked?.replace(/^\//, '');
  const known: string[] = [];
  for (const options of kits) {
    const kit = await loadKit(options);
    const event = kit.catalog.events.find((each) => each.name === name);
    if (event) return { kit, event };
    known.push(...kit.catalog.events.map((each) => each.name));
  }
  const names = [...new Set(known)].sort();
  if (name === undefined)
    throw new Rejected(
      diagnostic('event-missing', `No event is named. There are: ${names.map(printable).join(', ')}.`),
    );
  throw new Rejected(
    diagnostic('event-unknown', `There is no event ${shownWord(name)}. ${nearestWord(name, names, 'list')}`),
  );
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(
      Buffer.from(body)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
    return true;
  } catch {
    return false;
  }
}

function invalidNote(kit: LiveKit, event: string, payload: Json | undefined): readonly Diagnostic[] {
  const [first, ...others] = kit.check(event, payload);
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` There are ${others.length} more findings.`;
  return [
    diagnostic(
      'payload-not-valid',
      `What is sent is not valid by the documents: ${printable(pointerOf(first.path)) || 'the payload'} ${printable(first.message)}.${more}`,
    ),
  ];
}

interface About {
  readonly composed: Composed;
  readonly signing: Credentials;
  readonly sent: SentBody;
  readonly notes: readonly Diagnostic[];
  readonly event?: string | undefined;
  readonly method: string;
  /** What to say of a status, behind it. */
  readonly hints?: Readonly<Record<number, string>>;
}

/** What is reported of an answer, or of none. */
export function outcomeOf(posted: Posted, about: About): Sent {
  const { composed, signing, sent, notes, event, method, hints = {} } = about;
  const redacted = signing.redaction({ headers: composed.headers, path: composed.url.href });
  const isSigned =
    composed.headers.some(([name]) => signing.isCredential(name)) ||
    [...composed.url.searchParams.keys()].some((name) => signing.isCredential(name));
  const findings =
    'failure' in posted
      ? [diagnostic('delivery-failed', sentence(posted.reason))]
      : refusals(posted, { sent, signing, redacted, isSigned, url: composed.url, hints });
  return {
    ...(event !== undefined && { event }),
    method,
    url: signing.hiddenPath(composed.url.href),
    size: composed.body.byteLength,
    isSigned,
    outcome: 'failure' in posted ? posted : answered(posted, redacted),
    diagnostics: [...notes, ...findings],
  };
}

function answered(posted: Extract<Posted, { status: number }>, redacted: Redaction): Outcome {
  const { status, milliseconds, headers, body, isCut } = posted;
  const contentType = headerIn(headers, 'content-type');
  return {
    status,
    milliseconds,
    ...(contentType !== undefined && { contentType: redacted(contentType) }),
    body: redacted(Buffer.from(body).toString('utf8'), isCut),
    isCut,
  };
}

interface Refusal extends Pick<About, 'sent' | 'signing' | 'hints'> {
  readonly redacted: Redaction;
  readonly isSigned: boolean;
  readonly url: URL;
}

function refusals(
  { status, headers, body }: Extract<Posted, { status: number }>,
  { sent, signing, redacted, isSigned, url, hints }: Refusal,
): readonly Diagnostic[] {
  if (status === 200) return [];
  const issues = issuesIn(status, body, redacted) ?? [];
  // Steps of a path may be a secret once they stand together.
  if (issues.length > 0)
    return findingsOf(issues, sent).map((each) => ({ ...each, message: redacted(each.message) }));
  const path = signing.hiddenPath(url.pathname);
  const usual: Readonly<Record<number, string>> = {
    401: isSigned
      ? ': it takes other credentials than those that were sent'
      : ', and the delivery carried no credentials; give them with `--secret-env`, `--key` or `--header`',
    404: `: it has nothing at ${path}`,
  };
  const redirect = status >= 300 && status < 400 && headerIn(headers, 'location') !== undefined;
  const hint = hints?.[status] ?? usual[status] ?? (redirect ? ', a redirect, which is not followed' : '');
  return [diagnostic('delivery-refused', `${url.host} answered ${status}${hint}.`)];
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

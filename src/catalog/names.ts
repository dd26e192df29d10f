import { createHash } from 'node:crypto';
import { isIdentifier, lettersOf } from '../model/identifier.js';

const maxLength = 80;
const maxBytes = 200;

/** A Pascal-case identifier out of any text: `ticket_created` and `ticket created` give `TicketCreated`. */
export function typeName(text: string): string {
  const name = bounded(namePart(text), text);
  if (name === '') return `Unnamed${digest(text)}`;
  const safe = /^\p{Nd}/u.test(name) ? `N${name}` : name;
  return takenTypes.has(safe) ? `${safe}Type` : safe;
}

/** Whether there is anything in a text that a name can be made of. */
export function hasName(text: string): boolean {
  return words(text).length > 0;
}

/** The part of an identifier that a text stands for, which may be reserved or nothing by itself. */
export function namePart(text: string): string {
  return capitalised(words(text));
}

/** Whether a text holds what is nobody's way to part words: quotes, the marks of code, more than one line. */
export function looksLikeCode(text: string): boolean {
  return /["'`;<>=*\\\r\n\u2028\u2029]|\$\{|\w\(/.test(text);
}

/** A camel-case identifier out of any text; an identifier stays as it is. */
export function handlerName(text: string): string {
  const name = isIdentifier(text) && text.length <= maxLength ? text : camel(typeName(text));
  return takenValues.has(name) ? `${name}Handler` : name;
}

/**
 * A name for files and keys out of any text: small letters, digits and single hyphens, nothing that an operating system minds.
 * Letters that a file system may take for each other, as ß and ss, are one here.
 */
export function productName(text: string): string {
  const folded = words(text).map((word) => word.toUpperCase().toLowerCase());
  const name = lettersOf(bounded(folded.join('-'), text).toLowerCase());
  if (name === '') return `unnamed-${digest(text).toLowerCase()}`;
  return takenFiles.test(name) ? `${name}-product` : name;
}

export interface Claim<T> {
  /** The name it would like. */
  readonly name: string;
  /** What makes it itself, whatever else there is: a path in its document, say. */
  readonly identity: string;
  readonly item: T;
}

/**
 * Gives every claim a name of its own. Of those that want the same one, ignoring case, the first by identity keeps it; the
 * others get the hash of their identity behind it, so that no name depends on an order or a count.
 */
export function assignNames<T>(
  claims: readonly Claim<T>[],
): readonly (Claim<T> & { readonly settled: string })[] {
  const first = new Map<string, string>();
  for (const { name, identity } of claims) {
    const folded = foldedName(name);
    const holder = first.get(folded);
    if (holder === undefined || identity < holder) first.set(folded, identity);
  }
  return claims.map((claim) => ({
    ...claim,
    settled:
      first.get(foldedName(claim.name)) === claim.identity
        ? claim.name
        : `${claim.name}${digest(claim.identity)}`,
  }));
}

/** What a name is to a file system that tells neither case nor normal forms apart. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase();
}

/**
 * Splits where case or class changes: `onTicket_created2b` gives on, Ticket, created, 2, b. Letters of scripts without case
 * stay together.
 */
function words(text: string): readonly string[] {
  return lettersOf(text).match(word) ?? [];
}

const word = new RegExp(
  [
    String.raw`[\p{Lu}\p{Lt}]+(?![\p{Ll}\p{M}])`,
    String.raw`[\p{Lu}\p{Lt}][\p{Ll}\p{M}]+`,
    String.raw`\p{Ll}[\p{Ll}\p{M}]*`,
    String.raw`(?!\u2e2f)[\p{Lo}\p{Lm}\p{Nl}][\p{Lo}\p{Lm}\p{Nl}\p{M}]*`,
    String.raw`\p{Nd}+`,
  ].join('|'),
  'gu',
);

function capitalised(parts: readonly string[]): string {
  return parts
    .map((part) => {
      const [first = '', ...rest] = part;
      return first.toUpperCase() + rest.join('');
    })
    .join('')
    .normalize('NFC');
}

function camel(name: string): string {
  const [first = '', ...rest] = name;
  return (first.toLowerCase() + rest.join('')).normalize('NFC');
}

/**
 * Cuts what is too long and marks it with its hash, so that two long names that start alike stay two. A file system counts
 * bytes: it has no room for eighty letters of three.
 */
function bounded(name: string, source: string): string {
  if (name.length <= maxLength && Buffer.byteLength(name) <= maxBytes) return name;
  let kept = '';
  for (const letter of name) {
    if (kept.length + letter.length > maxLength - 6 || Buffer.byteLength(kept + letter) > maxBytes - 6) break;
    kept += letter;
  }
  return kept + digest(source);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6).toUpperCase();
}

/** Windows keeps these for devices; the rest are files of the kit's own. */
const takenFiles = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|compiled|index|shared|node-modules)$/;

/** Reserved words and globals that a type must not hide, and what the kit itself exports. */
const takenTypes: ReadonlySet<string> = new Set(
  `Any Array ArrayBuffer AsyncIterable AsyncIterator Awaited BigInt Boolean Buffer Capitalize Constructor Date Default Error
   Exclude Extract Function Infinity Iterable Iterator JSON Lowercase Map Math NaN Never NoInfer NonNullable Null Number Object
   Omit Parameters Partial Pick Promise PromiseLike Prototype Proxy Readonly ReadonlyArray ReadonlyMap ReadonlySet Record
   Reflect RegExp Request Required Response ReturnType Set String Symbol Then ThisType Uint8Array Uncapitalize Undefined
   Unknown Uppercase URL Void WeakMap WeakSet
   Answer AnyWebhookEvent BasicAuthOptions ByProduct Delivery EventName EventPayloads EventProducts Handler Handlers
   HmacOptions Ignore Issue LateWork Missing OnError ErrorContext Product ProductOf Received Receiver  ReceiverOptions
   Refusal RejectedResult Rejection Route RsaOptions Secrets SignedRequest StandardSchemaV1 StandardWebhooksOptions TriggeredEvent Unhandled
   UnknownEvent Verdict Verifier WebhookEvent
   DeadLetterFilter DeadLetters DeadRecord HandleRecord Inbox InboxQueue InboxRecord InboxStore InboxWorker Unprocessable
   WorkOptions SqliteInbox SqliteInboxOptions SqliteInboxSource PgBossInboxOptions PgBossJob PgBossLike PgBossResult
   BullmqInboxOptions BullmqJob BullmqQueue BullmqWorker BullmqWorkerClass FastifyLike LambdaEvent LambdaOptions LambdaResult
   BodyKey Claim CommonOptions DeliveryKeys DeliveryStore DirectOptions Failed Handled Handling Hmac Hook Hooks InboxOptions
   Journey MemoryOptions Occurrence Progress RunInboxOptions Stored Timed
   AccountOptions After ApiError BulkFailure BulkResult CallOptions ClientOptions CreatedHelpdeskWebhook Credential
   EnsuredWebhook FieldError FreshchatClient FreshchatConversationUpdate FreshchatConversationRecord
   FreshchatConversations FreshchatMessageFilter FreshchatPart FreshchatMessageRecord FreshchatOptions
   FreshchatUserUpdate FreshchatUserFilter FreshchatUserRecord FreshdeskChanges FreshdeskClient FreshdeskContactUpdate
   FreshdeskContactFilter FreshdeskContactRecord FreshdeskContacts FreshdeskConversationRecord FreshdeskNote
   FreshdeskReply FreshdeskTicketUpdate FreshdeskTicketFilter FreshdeskTicketRecord FreshdeskTickets FreshsalesClient
   FreshsalesContactUpdate FreshsalesContactRecord FreshsalesDealUpdate FreshsalesDealRecord FreshsalesListOptions
   FreshsalesOptions FreshsalesRecords FreshsalesView FreshserviceChanges FreshserviceClient
   FreshserviceConversationRecord FreshserviceNote FreshserviceReply FreshserviceRequesterUpdate
   FreshserviceRequesterFilter FreshserviceRequesterRecord FreshserviceRequesters FreshserviceTicketUpdate
   FreshserviceTicketFilter FreshserviceTicketRecord FreshserviceTickets HelpdeskClient HelpdeskEvent HelpdeskOptions
   HelpdeskWebhook HelpdeskWebhookChanges NewFreshchatConversation NewFreshchatMessage NewFreshdeskTicket
   NewFreshsalesDeal NewFreshserviceTicket NewHelpdeskWebhook SearchQuery SearchValue Secret`.split(/\s+/),
);

const takenValues: ReadonlySet<string> = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default
   delete do else enum eval export extends false finally for from function get if implements import in infer instanceof
   interface is keyof let module namespace never new null number object of package private protected prototype public
   readonly require return set static string super switch symbol then this throw true try type typeof undefined unhandled
   unique unknown ignore ignoringRest missing var void while with yield`.split(/\s+/),
);

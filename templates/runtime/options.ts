import type { Answer } from "./answers.js";
import type { After, OnError, WaitUntil } from "./callbacks.js";
import type { ByProduct, EventName, Handlers, Product } from "../events.js";
import type { DeliveryStore } from "./deduplicate.js";
import type { Hooks } from "./hooks.js";
import type { InboxStore } from "./inbox.js";
import type { Verifier } from "./signatures.js";
import type { Issue } from "./standard-schema.js";

/** A delivery as any server can hand it over. */
export interface Delivery extends LateWork {
  readonly method: string;
  /** The path as the request has it, whole and not decoded. Its query string is for verifiers alone. */
  readonly path: string;
  /** In any case. An array says that the header was repeated: no verifier gets to see it. */
  readonly headers: Readonly<
    Record<string, string | readonly string[] | undefined>
  >;
  /** The raw bytes, or a stream of them: that is read up to the limit, and not before all that needs no body is settled. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/**
 * What becomes of work that outran the deadline, of which the sender has been told by then. Without either, the process
 * is taken to live on.
 */
export interface LateWork {
  /** Where the platform may stop the process after the answer: keeps it alive for that work. */
  readonly waitUntil?: WaitUntil | undefined;
  /** Where it would, and offers no `waitUntil`: the answer waits for that work, though the sender may have given up by then. */
  readonly awaitLate?: boolean | undefined;
}

export interface Receiver {
  /** Answers a delivery, at the deadline at the latest. Never rejects. */
  receive(delivery: Delivery): Promise<Answer>;
  /** The same for servers that speak `Request` and `Response`. */
  fetch(request: Request, context?: LateWork): Promise<Response>;
  /** Hands `onError` an error that the server around the receiver made: for adapters. */
  report(error: unknown): void;
}

/** With an inbox, the handlers may be in another process: `runInbox` calls them. */
export type ReceiverOptions = CommonOptions & (DirectOptions | InboxOptions);

/** Deliveries are handled before they are answered. */
export interface DirectOptions {
  /** A function or `ignore` for every event. */
  readonly handlers: Handlers;
  readonly inbox?: undefined;
  /**
   * Remembers deliveries, so that a retry is not handled twice: `memory()`, or a store that your processes share. Those
   * without a key are handled each time; `deliveryKeys` gives them one. A delivery that is being handled elsewhere is
   * answered 503, and the sender tries again: that uses up one of its few retries.
   */
  readonly deduplicate?: DeliveryStore | undefined;
}

/** Deliveries are stored before they are answered, and handled by `runInbox`. */
export interface InboxOptions {
  readonly inbox: InboxStore;
  /** Only to leave out what is ignored; `runInbox` calls them. */
  readonly handlers?: Handlers | undefined;
  readonly deduplicate?: undefined;
  /** Headers that are stored beside those that every handler may need; name none that holds a secret. */
  readonly inboxHeaders?: readonly string[] | undefined;
}

/** What tells deliveries apart where the document names nothing that does, or in its place. */
export type DeliveryKeys = Partial<ByProduct<BodyKey | undefined>>;

/** Deliveries with equal bodies are one, within a time: your choice, because two events may have equal bodies. */
export interface BodyKey {
  readonly by: "body";
  /** In whole milliseconds, a year at most; 95 minutes by default, which is the time that all retries of Freshdesk take. */
  readonly within?: number | undefined;
}

interface CommonOptions {
  /** How the deliveries of each product are authenticated. */
  readonly verify: ByProduct<Verifier>;
  /** Where the kit's own paths begin: `<basePath>/<event>`, and `<basePath>/<product>` where the payload names the event. */
  readonly basePath?: string | undefined;
  /** Paths of your own, whole, whatever `basePath` is: `{ '/hooks/new-ticket': 'freshdesk/ticket-created' }`. */
  readonly routes?: Readonly<Record<string, EventName>> | undefined;
  /** 1 MiB by default. */
  readonly maxBodyBytes?: number | undefined;
  /** When an answer is due, handled or not, the time for the body included: 4500 by default, because the sender waits for 5 seconds. */
  readonly deadlineMs?: number | undefined;
  /** The clock of signatures and `receivedAt`. */
  readonly now?: (() => Date) | undefined;
  /** The clock of the deadline, for tests: `clock()` of `testing.ts` is both. */
  readonly after?: After | undefined;
  /**
   * Takes authenticated deliveries that are not what they should be. `'accept'` says that it dealt with one: 200.
   * `{ payload }` is a repaired one: it is validated and handled as if it had come like that, once.
   */
  readonly onRejected?: OnRejected | undefined;
  /** Takes deliveries that name an event which the document does not have: 200, or 500 if this throws. */
  readonly onUnknownEvent?: OnUnknownEvent | undefined;
  /** Takes every error of these functions, of handlers, and of verifiers that could not do their work. By default one line on stderr. */
  readonly onError?: OnError | undefined;
  /** Is told what happens to deliveries, with nothing in it that is secret. By default one line on stderr for each refusal, at most 20 a minute of each status. */
  readonly on?: Hooks | undefined;
  /** By product: `{ freshdesk: { by: "body" } }`. */
  readonly deliveryKeys?: DeliveryKeys | undefined;
}

type OnRejected = (
  rejection: Rejection,
) => RejectedResult | Promise<RejectedResult>;

export type RejectedResult = "accept" | Repaired | undefined | void;

/** What `onRejected` made of the body. */
interface Repaired {
  readonly payload: unknown;
}

type OnUnknownEvent = (delivery: UnknownEvent) => void | Promise<void>;

/** An authenticated delivery, not yet looked into. */
export interface Received {
  readonly product: Product;
  readonly receivedAt: Date;
  /** As in `WebhookEvent`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly rawBody: Uint8Array;
}

export interface Rejection extends Received {
  /** 400 for a body that cannot be read, 422 for a payload that is not valid. */
  readonly status: 400 | 422;
  readonly reason: string;
  readonly issues: readonly Issue[];
  /** What was read; undefined for a body that cannot be. */
  readonly payload: unknown;
  /** Undefined while only the product is known. */
  readonly event: EventName | undefined;
}

export interface UnknownEvent extends Received {
  /** What stands where the payload names its event. */
  readonly discriminator: string;
  readonly payload: unknown;
}

/*
 * What the page and its server say to each other, as JSON. Every request under /api/ carries the token:
 * `authorization: Bearer <token>`. An error is `{ "error": "…" }` with a status of 400 and above.
 *
 *   GET    /api/state                     -> State
 *   GET    /api/events                    -> readonly EventInfo[]
 *   GET    /api/deliveries                -> readonly Summary[], newest first
 *   GET    /api/deliveries/:id            -> Detail
 *   GET    /api/deliveries/:id/curl       -> Text
 *   GET    /api/deliveries/:id/test       -> Text, a vitest test on the testing kit
 *   POST   /api/deliveries/:id/replay     -> Sent; the same bytes and headers
 *   POST   /api/send       SendRequest    -> Sent
 *   POST   /api/check      CheckRequest   -> Checked
 *   POST   /api/infer      InferRequest   -> Inference
 *   DELETE /api/deliveries/:id            -> {}
 *   DELETE /api/deliveries                -> {}
 *   GET    /api/stream                    -> server-sent events: each `data` is a StreamEvent
 *
 * Text is JSON: `{ "text": "…" }`.
 *
 * The page is dist/page/: `/` with any query answers index.html, beside it are `/page.js` and `/page.css`. The token reaches it
 * in the fragment, `/#token=…`. In index.html, `__NONCE__` stands for the nonce of this answer's `content-security-policy`,
 * which the editor's styles need: default-src 'none'; script-src 'self'; style-src 'self' 'nonce-…'; connect-src 'self';
 * img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'.
 */

/** What is copied: a command, or a test. */
export interface Text {
  readonly text: string;
}

/** Where a delivery came from. */
export type Source = 'received' | 'replayed' | 'edited' | 'sample';

/** What the signature check said: `unchecked` where no secret is configured for the product. */
export type Authenticity = 'authentic' | 'refused' | 'unchecked';

/** What the validator said: `unreadable` for a body that is no payload, `unknown` where no event is known. */
export type Validity = 'valid' | 'invalid' | 'unreadable' | 'unknown';

/** What became of a delivery: the app's answer, or why there is none. `undefined` while it is awaited. */
export type Outcome =
  | { readonly status: number; readonly milliseconds: number }
  | { readonly error: string; readonly milliseconds: number }
  /** Nothing is forwarded: dev answered 200 by itself. */
  | { readonly kept: true };

/** A delivery as a row of the list. */
export interface Summary {
  /** Sorts by time. */
  readonly id: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly source: Source;
  /** The delivery that this one is a retry, a replay or an edited copy of: its oldest one. */
  readonly of?: string;
  /** Which delivery of its row it is: 1 for the first. */
  readonly attempt: number;
  readonly event?: string;
  readonly product?: string;
  readonly method: string;
  /** With its query, whose values are hidden where they are credentials. */
  readonly path: string;
  /** Bytes of the body. */
  readonly size: number;
  readonly authenticity: Authenticity;
  /** Why it was refused; holds no secret. */
  readonly reason?: string;
  readonly validity: Validity;
  /** How many issues, and how many fields that the documents do not know. */
  readonly issues: number;
  readonly unknownFields: number;
  readonly outcome?: Outcome;
}

/** A place in a payload, as a JSON pointer, and what is to be said of it. */
export interface Note {
  readonly pointer: string;
  readonly message: string;
}

/** A delivery as it is shown. */
export interface Detail extends Summary {
  /** In their order and spelling. Values of credentials are hidden. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body as text, as far as it is text; the first 256 KiB of it. */
  readonly text?: string;
  readonly isCut: boolean;
  /** In base64, where it is no text; the first 64 KiB of it. */
  readonly base64?: string;
  readonly contentType: string;
  /** As JSON, where the body is JSON or a form. Places below are places in it. */
  readonly payload?: string;
  /** Why there is no payload. */
  readonly unreadable?: string;
  readonly issuesAt: readonly Note[];
  readonly unknownAt: readonly string[];
  /** What the documents say about the fields that are there. */
  readonly descriptions: readonly Note[];
  readonly answer?: {
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The first 64 KiB. */
    readonly body: string;
  };
  /** Every delivery of the same row, oldest first, this one included. */
  readonly attempts: readonly Summary[];
}

export interface EventInfo {
  readonly name: string;
  readonly product: string;
  /** Without its origin: `/freshdesk/ticket-created`. */
  readonly path: string;
  readonly summary?: string;
  /** A payload in the shape seen in the field, as JSON. */
  readonly sample: string;
  /** JSON Schema draft-07 of the payload. */
  readonly schema: unknown;
}

export interface State {
  readonly version: string;
  /** Where deliveries are sent to: what a tunnel has to point at. */
  readonly endpoint: string;
  /** Command lines to be copied. */
  readonly commands: {
    /** Sends a sample here. */
    readonly send: string;
    /** Starts `dev` with an app to forward to. */
    readonly forward: string;
  };
  /** Where they are forwarded to. */
  readonly forward?: string;
  /** Products that a secret is configured for; what is edited or made here is signed for them. */
  readonly signing: readonly string[];
  /** Products whose signatures are checked. */
  readonly verifying: readonly string[];
  readonly store: { readonly isKept: boolean; readonly mostDeliveries: number; readonly mostDays: number };
}

export interface SendRequest {
  /** What is sent is a delivery of this event, to its path, unless `of` says another. */
  readonly event?: string;
  /** The delivery that was edited: its path, its content type and its headers are kept. */
  readonly of?: string;
  /** The body; the sample of the event by default. */
  readonly body?: string;
}

export interface Sent {
  readonly id: string;
}

export interface CheckRequest {
  readonly event: string;
  readonly body: string;
}

/** What is wrong with a body that is being edited. */
export interface Checked {
  readonly unreadable?: string;
  readonly issues: readonly Note[];
  readonly unknown: readonly string[];
}

export interface InferRequest {
  /** All that are kept, by default. */
  readonly ids?: readonly string[];
}

export interface Inference {
  /** The overlay, in YAML; undefined where the documents know everything. */
  readonly overlay?: string;
  /** One line for each thing it declares. */
  readonly changes: readonly string[];
  /** The payload types as a unified diff, before and after. */
  readonly types: string;
  /** The command that writes the overlay. */
  readonly command: string;
}

export type StreamEvent =
  /** A new delivery, or one that has changed. */
  | { readonly delivery: Summary }
  | { readonly removed: readonly string[] }
  | { readonly cleared: true }
  /** The documents have been read again: ask for everything anew. */
  | { readonly reloaded: true };

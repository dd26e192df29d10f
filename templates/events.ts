import type { OrderPayload, ReviewPayload } from "./payloads/shop.js";

/** Every event of the documents, by the address of its channel. */
export type EventName = keyof EventPayloads;

/** What each event's body holds once it has been validated. */
export interface EventPayloads {
  "shop/order-paid": OrderPayload & { kind: "order.paid" };
  "shop/order-placed": OrderPayload & { kind: "order.placed" };
  "reviews/posted": ReviewPayload;
}

/** The product that sends each event. */
export interface EventProducts {
  "shop/order-paid": "shop";
  "shop/order-placed": "shop";
  "reviews/posted": "reviews";
}

/** One of something for every product. */
export interface ByProduct<T> {
  /** Authenticates by Basic authentication: `basicAuth({ username, password })`. */
  readonly reviews: T;
  /** Authenticates by a signature in X-Shop-Signature: `hmacSignature({ header: 'X-Shop-Signature', secrets })`. */
  readonly shop: T;
}

/** How the receiver tells the events apart. */
export const routes: readonly Route[] = [
  {
    name: "shop/order-paid",
    product: "shop",
    discriminator: { path: ["kind"], value: "order.paid" },
    deliveryKey: ["$message.header#/x-delivery-id"],
    contentTypes: [],
  },
  {
    name: "shop/order-placed",
    product: "shop",
    discriminator: { path: ["kind"], value: "order.placed" },
    deliveryKey: ["$message.payload#/id", "$message.payload#/kind"],
    contentTypes: ["application/x-www-form-urlencoded"],
  },
  {
    name: "reviews/posted",
    product: "reviews",
    deliveryKey: [],
    contentTypes: ["application/x-www-form-urlencoded"],
  },
];

export type ProductOf<N extends EventName> = EventProducts[N];
export type Product = ProductOf<EventName>;

/** One entry of the routing table. */
export interface Route {
  readonly name: EventName;
  readonly product: Product;
  /** Where the payload says which event it is, and the word it uses. Without one, only the path can tell. */
  readonly discriminator?: {
    readonly path: readonly string[];
    readonly value: string;
  };
  /** AsyncAPI runtime expressions whose values together are the same on every retry of a delivery. */
  readonly deliveryKey: readonly string[];
  /** Media types taken beside JSON. */
  readonly contentTypes: readonly string[];
}

/** An authenticated, validated delivery. */
export interface WebhookEvent<N extends EventName> {
  readonly name: N;
  readonly product: ProductOf<N>;
  readonly payload: EventPayloads[N];
  /** Equal for every retry of one delivery, where the document names something that is; never a guess. */
  readonly deliveryKey: string | undefined;
  readonly receivedAt: Date;
  /** By lower-case name. A header that came more than once holds its values joined with a comma and a space. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body as it came, for signatures and for the record. */
  readonly rawBody: Uint8Array;
}

/** Any event: `switch (event.name)` narrows its payload. */
export type AnyWebhookEvent = { [N in EventName]: WebhookEvent<N> }[EventName];

/** Throw, or return a promise that rejects, and the sender is told to try again. */
export type Handler<N extends EventName> = (
  event: WebhookEvent<N>,
) => void | Promise<void>;

/** The decision to answer an event with 200 and do nothing. */
export interface Ignore {
  readonly handling: "ignore";
}

/** A handler nobody has written yet. Not a `Handler`: the compiler asks for the decision. */
export interface Unhandled<N extends EventName> {
  readonly handling: "unhandled";
  readonly event: N;
}

/** Stands for a handler that the handler files no longer export. Nothing takes it: the event would be lost. */
export interface Missing<N extends EventName> {
  readonly handling: "missing";
  readonly event: N;
}

/** A decision for every event: a forgotten one does not compile. */
export type Handlers = { readonly [N in EventName]: Handler<N> | Ignore };

export const ignore: Ignore = { handling: "ignore" };

export function unhandled<N extends EventName>(event: N): Unhandled<N> {
  return { handling: "unhandled", event };
}

export function missing<N extends EventName>(event: N): Missing<N> {
  return { handling: "missing", event };
}

/**
 * Ignores every event that has no handler here, those with a stub included.
 *
 * @throws TypeError for an event whose handler the handler files no longer export
 */
export function ignoringRest(some: {
  readonly [N in EventName]?: Handler<N> | Ignore | Unhandled<N> | undefined;
}): Handlers {
  const decided = routes.map(({ name }) => {
    const own = Object.prototype.hasOwnProperty.call(some, name);
    const handler = own ? some[name] : undefined;
    if (isMissing(handler))
      throw new TypeError(`no handler file exports a handler of ${name}`);
    return [name, typeof handler === "function" ? handler : ignore];
  });
  return Object.fromEntries(decided) as Handlers;
}

function isMissing(handler: object | undefined): boolean {
  return (
    handler !== undefined &&
    "handling" in handler &&
    handler.handling === "missing"
  );
}

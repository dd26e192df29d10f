import { Buffer } from "node:buffer";
import type { Handlers, Product, Route } from "../events.js";
import { compiled } from "../validators/compiled.js";
import { sha256 } from "./keys.js";
import type { BodyKey, DeliveryKeys, ReceiverOptions } from "./options.js";
import { deliveryKeyReader } from "./routing.js";
import type { Verifier } from "./signatures.js";
import { checkOf, ownValue, type Check } from "./standard-schema.js";

/** An event with all that its deliveries need. */
export interface Entry extends Route {
  readonly validate: Check;
  /** What is the same on every retry of a delivery, as far as anything is. */
  readonly keyOf: (
    headers: ReadonlyMap<string, string>,
    payload: unknown,
    rawBody: Uint8Array,
  ) => string | undefined;
  /** For how many milliseconds that counts; undefined where it always does. */
  readonly keyMs: number | undefined;
  readonly handler: ((event: unknown) => unknown) | "ignore" | undefined;
}

/** Four of Freshdesk's attempts: at once, and 5, 35 and 95 minutes later. */
const retriesMs = 5_700_000;

/**
 * @param handlers undefined where others handle the deliveries
 * @throws TypeError for a delivery key that is none
 */
export function entryOf(
  route: Route,
  handlers: Handlers | undefined,
  keys: DeliveryKeys = {},
): Entry {
  const { name, product } = route;
  const given = ownValue(handlers, [name]);
  const ignored = ownValue(given, ["handling"]) === "ignore";
  const key = ownValue(keys, [product]) as BodyKey | undefined;
  return {
    ...route,
    ...(key === undefined
      ? { keyOf: deliveryKeyReader(route.deliveryKey), keyMs: undefined }
      : bodyKeys(key)),
    validate: checkOf(compiled[name], route.discriminator),
    // The validator of an event and its handler agree on the payload's type: both are looked up by the event's name.
    handler:
      typeof given === "function"
        ? (given as (event: unknown) => unknown)
        : ignored
          ? "ignore"
          : undefined,
  };
}

/** Inboxes count in whole numbers, and not all of them have room for a larger one. */
function isTime(value: unknown): boolean {
  return (
    Number.isInteger(value) &&
    (value as number) > 0 &&
    (value as number) <= 365 * 86_400_000
  );
}

function bodyKeys(key: BodyKey): Pick<Entry, "keyOf" | "keyMs"> {
  const { within = retriesMs } = key;
  if (ownValue(key, ["by"]) !== "body" || !isTime(within))
    throw new TypeError(
      'deliveryKeys: say { by: "body" }, and within as a whole number of milliseconds, a year at most',
    );
  return {
    keyOf: (_, __, rawBody) =>
      `body:${Buffer.from(sha256(rawBody)).toString("base64url")}`,
    keyMs: within,
  };
}

/** @throws TypeError for a product that has none */
export function verifierOf(
  product: Product,
  verify: ReceiverOptions["verify"],
): Verifier {
  const verifier = ownValue(verify, [product]);
  if (typeof verifier === "function") return verifier as Verifier;
  throw new TypeError(
    `verify.${product} is missing: name a scheme, or dangerouslyUnverified()`,
  );
}

import type { Handlers, Product, Route } from "../events.js";
import { validators } from "../validators/index.js";
import type { ReceiverOptions } from "./options.js";
import { deliveryKeyReader, type DeliveryKeyReader } from "./routing.js";
import type { Verifier } from "./signatures.js";
import { ownValue, type StandardResult } from "./standard-schema.js";

/** An event with all that its deliveries need. */
export interface Entry extends Route {
  readonly validate: (payload: unknown) => StandardResult<unknown>;
  readonly keyOf: DeliveryKeyReader;
  readonly handler: ((event: unknown) => unknown) | "ignore" | undefined;
}

export function entryOf(route: Route, handlers: Handlers): Entry {
  const { name } = route;
  const given = ownValue(handlers, [name]);
  const ignored = ownValue(given, ["handling"]) === "ignore";
  return {
    ...route,
    validate: validators[name]["~standard"].validate,
    keyOf: deliveryKeyReader(route.deliveryKey),
    // The validator of an event and its handler agree on the payload's type: both are looked up by the event's name.
    handler:
      typeof given === "function"
        ? (given as (event: unknown) => unknown)
        : ignored
          ? "ignore"
          : undefined,
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

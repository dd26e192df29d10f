import { routes, type EventName, type EventPayloads } from "../events.js";
import type { OrderPayload, ReviewPayload } from "../payloads/shop.js";
import { orderPayloadSchema, reviewPayloadSchema } from "../schemas/shop.js";
import {
  standardSchemas,
  type StandardSchemaV1,
} from "../runtime/standard-schema.js";
import { compiled } from "./compiled.js";
import { validateOrderPayload, validateReviewPayload } from "./shop.js";

export function isOrderPayload(value: unknown): value is OrderPayload {
  return validateOrderPayload(value);
}

export function isReviewPayload(value: unknown): value is ReviewPayload {
  return validateReviewPayload(value);
}

/** A Standard Schema (standardschema.dev) for every event, which is a Standard JSON Schema, too. */
export const validators: {
  readonly [N in EventName]: StandardSchemaV1<unknown, EventPayloads[N]>;
} = /* @__PURE__ */ standardSchemas<EventPayloads>(routes, compiled, {
  "shop/order-paid": orderPayloadSchema,
  "shop/order-placed": orderPayloadSchema,
  "reviews/posted": reviewPayloadSchema,
});

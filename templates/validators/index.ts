import type { EventName, EventPayloads } from "../events.js";
import type { OrderPayload, ReviewPayload } from "../payloads/shop.js";
import { orderPayloadSchema, reviewPayloadSchema } from "../schemas/shop.js";
import { standard, type StandardSchemaV1 } from "../runtime/standard-schema.js";
import { validateOrderPayload, validateReviewPayload } from "./shop.js";

export function isOrderPayload(value: unknown): value is OrderPayload {
  return validateOrderPayload(value);
}

export function isReviewPayload(value: unknown): value is ReviewPayload {
  return validateReviewPayload(value);
}

/** A Standard Schema for every event, which is a Standard JSON Schema, too. */
export const validators: {
  readonly [N in EventName]: StandardSchemaV1<unknown, EventPayloads[N]>;
} = {
  "shop/order-paid": /* @__PURE__ */ standard(
    validateOrderPayload,
    orderPayloadSchema,
    ["kind"],
    "order.paid",
  ),
  "shop/order-placed": /* @__PURE__ */ standard(
    validateOrderPayload,
    orderPayloadSchema,
    ["kind"],
    "order.placed",
  ),
  "reviews/posted": /* @__PURE__ */ standard(
    validateReviewPayload,
    reviewPayloadSchema,
  ),
};

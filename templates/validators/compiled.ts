import type { EventName } from "../events.js";
import type { Validate } from "../runtime/standard-schema.js";
import { validateOrderPayload, validateReviewPayload } from "./shop.js";

/** The validator of each event's payload, as ajv compiled it. */
export const compiled: Readonly<Record<EventName, Validate>> = {
  "shop/order-paid": validateOrderPayload,
  "shop/order-placed": validateOrderPayload,
  "reviews/posted": validateReviewPayload,
};

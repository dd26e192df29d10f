import type { EventName } from "./events.js";

/** A payload of each event: the document's example, or one that was made from its schema. */
// prettier-ignore
export const samples: Readonly<Record<EventName, unknown>> = {
  "shop/order-paid": { kind: "order.paid", id: 7, total: 12.5 },
  "shop/order-placed": { kind: "order.placed", id: 7, total: null },
  "reviews/posted": { stars: 5 },
};

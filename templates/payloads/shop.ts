/** Payloads of the example catalog, which stands in for the generated one while the templates are developed. */
export interface OrderPayload {
  kind: "order.placed" | "order.paid";
  id?: string | number;
  total?: number | null;
}

export interface ReviewPayload {
  review?: { id?: string; stars?: number };
}

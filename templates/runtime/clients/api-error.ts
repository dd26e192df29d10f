import { printable } from "../refusals.js";
import type { Where } from "./exchange.js";

/** What a vendor says about one field of a request. */
export interface FieldError {
  readonly field: string | undefined;
  readonly message: string;
  readonly code: string | undefined;
}

/** A call that failed. It holds no header, no key and no body. */
export class ApiError extends Error implements Where {
  override readonly name: string = "ApiError";
  readonly product: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** What the vendor says, by field; empty where it says nothing. */
  readonly fields: readonly FieldError[];

  constructor(
    reason: string,
    { product, method, path, status, requestId }: Where,
    fields: readonly FieldError[] = [],
  ) {
    super(`${product}: ${method} ${path}: ${reason}`);
    this.product = product;
    this.method = method;
    this.path = path;
    this.status = status;
    this.requestId = requestId;
    this.fields = fields;
  }
}

/** How many texts of the vendor's are kept, how long they may be, and how deep they may stand. */
const maxFields = 100;
const maxText = 300;
const maxDepth = 4;

/**
 * What an answer says is wrong: `{ description, errors: [{ field, message, code }] }` and `{ code, message }` in Freshdesk
 * and Freshservice, `{ code, status, message }` in Freshchat, `{ errors: { code, message: [] } }` in Freshsales.
 *
 * @param hide takes the key out of a text
 */
export function fieldErrors(
  answer: unknown,
  hide: (text: string) => string,
): readonly FieldError[] {
  const found: FieldError[] = [];
  const textOf = (value: unknown): string | undefined =>
    typeof value === "string" || typeof value === "number"
      ? printable(hide(String(value)), maxText)
      : undefined;

  function add(value: unknown, depth: number): void {
    if (found.length >= maxFields || depth > maxDepth) return;
    if (Array.isArray(value))
      for (const each of value.slice(0, maxFields)) add(each, depth + 1);
    else if (typeof value === "object" && value !== null) {
      const { field, message, code, errors, error, description } =
        value as Readonly<Record<string, unknown>>;
      const inner =
        errors ?? error ?? (Array.isArray(message) ? message : undefined);
      if (typeof inner === "object") add(inner, depth + 1);
      else
        found.push({
          field: textOf(field),
          message: textOf(message ?? description ?? inner) ?? "",
          code: textOf(code),
        });
    } else {
      const message = textOf(value);
      if (message !== undefined)
        found.push({ field: undefined, message, code: undefined });
    }
  }

  add(answer, 0);
  return found;
}

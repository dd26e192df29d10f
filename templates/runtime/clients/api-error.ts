/** What a vendor says about one field of a request. */
export interface FieldError {
  readonly field: string | undefined;
  readonly message: string;
  readonly code: string | undefined;
}

export interface ApiErrorDetails {
  readonly product: string;
  readonly method: string;
  /** Without its query, which may hold personal data. */
  readonly path: string;
  /** Of the answer; undefined where none came. */
  readonly status: number | undefined;
  /** What the vendor says, by field; empty where it says nothing. */
  readonly fields: readonly FieldError[];
  /** What the vendor's support asks for. */
  readonly requestId: string | undefined;
}

/** A call that failed. It holds no header, no key and no body. */
export class ApiError extends Error implements ApiErrorDetails {
  override readonly name: string = "ApiError";
  readonly product: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly fields: readonly FieldError[];
  readonly requestId: string | undefined;

  constructor(reason: string, details: ApiErrorDetails) {
    const { product, method, path, status, fields, requestId } = details;
    super(`${product}: ${method} ${path}: ${reason}`);
    this.product = product;
    this.method = method;
    this.path = path;
    this.status = status;
    this.fields = fields;
    this.requestId = requestId;
  }
}

/** The most characters of a text of the vendor's, and the most texts. */
const maxText = 300;
const maxFields = 100;

/**
 * What an answer says is wrong: `{ description, errors: [{ field, message, code }] }` and `{ code, message }` in Freshdesk
 * and Freshservice, `{ code, status, message }` in Freshchat, `{ errors: { code, message: [] } }` in Freshsales.
 */
export function fieldErrors(
  value: unknown,
  hide: (text: string) => string,
): readonly FieldError[] {
  const found: FieldError[] = [];
  const add = (each: unknown): void => {
    if (found.length >= maxFields) return;
    if (Array.isArray(each)) {
      for (const item of each.slice(0, maxFields)) add(item);
      return;
    }
    if (typeof each === "string") {
      const message = hide(each).slice(0, maxText);
      found.push({ field: undefined, message, code: undefined });
      return;
    }
    if (typeof each !== "object" || each === null) return;
    const { field, message, code, errors, error, description } =
      each as Readonly<Record<string, unknown>>;
    const nested = errors ?? error;
    if (nested !== undefined) add(nested);
    else if (Array.isArray(message)) add(message);
    else
      found.push({
        field: textOf(field, hide),
        message: textOf(message ?? description, hide) ?? "",
        code: textOf(code, hide),
      });
  };
  add(value);
  return found;
}

function textOf(
  value: unknown,
  hide: (text: string) => string,
): string | undefined {
  return typeof value === "string" || typeof value === "number"
    ? hide(String(value)).slice(0, maxText)
    : undefined;
}

/** Limits of a form body. What Freshworks sends stays far below them. */
const maxFormFields = 1000;
const maxFormDepth = 16;

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** The raw bytes of a delivery, or a stream of them. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>;

export type Decoded =
  { readonly payload: unknown } | { readonly reason: string };

/**
 * What is known of a body's size before it is read.
 *
 * @throws TypeError for what is neither bytes nor a stream of them
 */
export function sizeOf(body: Body, contentLength: string | undefined): number {
  if (ArrayBuffer.isView(body)) return body.byteLength;
  const stream = body as Partial<AsyncIterable<Uint8Array>> | undefined;
  if (typeof stream?.[Symbol.asyncIterator] === "function")
    return Number(contentLength ?? 0);
  throw new TypeError(
    "body must be the raw bytes, or a stream of them, and not what a parser made of them",
  );
}

/** A request's body, by its reader: not on every platform is a stream iterable. */
export async function* chunksOf(
  stream: NonNullable<Request["body"]>,
): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as {
        readonly done: boolean;
        readonly value: Uint8Array;
      };
      if (done) return;
      yield value;
    }
  } finally {
    // After the limit the rest is not wanted. Where it cannot be stopped, there is nothing to do.
    reader.cancel().catch(() => undefined);
  }
}

/** The bytes of a stream. What exceeds the limit is not read. */
export async function collect(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | "too large" | "broken off"> {
  // One buffer that grows: a list of a million one-byte chunks would take a hundred times their size.
  let bytes = new Uint8Array(Math.min(limit, 16_384));
  let length = 0;
  let stranger = false;
  try {
    for await (const chunk of chunks) {
      stranger = !ArrayBuffer.isView(chunk);
      if (stranger) break;
      const end = length + chunk.byteLength;
      if (end > limit) return "too large";
      if (end > bytes.byteLength) {
        const grown = new Uint8Array(
          Math.min(limit, Math.max(end, 2 * bytes.byteLength)),
        );
        grown.set(bytes);
        bytes = grown;
      }
      bytes.set(chunk, length);
      length = end;
    }
  } catch {
    return "broken off";
  }
  if (stranger)
    throw new TypeError(
      "the body must be a stream of bytes, not of text or objects",
    );
  return bytes.subarray(0, length);
}

/**
 * The payload that a body holds. A byte order mark is dropped; a member named `__proto__` is a member like any other.
 *
 * @param form whether it is `application/x-www-form-urlencoded` with bracket keys instead of JSON
 */
export function decodeBody(bytes: Uint8Array, form: boolean): Decoded {
  if (bytes.byteLength === 0) return { reason: "the body is empty" };
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { reason: "the body is not UTF-8" };
  }
  if (form) return decodeForm(text);
  try {
    return { payload: JSON.parse(text) as unknown };
  } catch {
    // The message of the parser quotes the payload.
    return { reason: "the body is not JSON" };
  }
}

type Node = string | Branch;

/** An object while its members are being collected; a list once its keys are `[]`. */
interface Branch {
  readonly list: boolean;
  readonly members: Map<string, Node>;
}

/**
 * `a[b]=1&a[c][]=2` is `{ a: { b: '1', c: ['2'] } }`, as Rack reads it: every value is a string, a key that comes again
 * replaces what it held, a number in brackets is a name.
 */
function decodeForm(text: string): Decoded {
  const fields = text.split("&", maxFormFields + 1);
  if (fields.length > maxFormFields)
    return { reason: "the form has too many fields" };
  const root: Branch = { list: false, members: new Map() };
  for (const field of fields) {
    if (field === "") continue;
    const equals = field.indexOf("=");
    const key = decodeField(equals < 0 ? field : field.slice(0, equals));
    const value = decodeField(equals < 0 ? "" : field.slice(equals + 1));
    if (key === undefined || value === undefined)
      return { reason: "the form is not percent-encoded UTF-8" };
    const path = keyPath(key);
    if (path.length > maxFormDepth)
      return { reason: "the form is nested too deeply" };
    if (!insert(root, path, value))
      return { reason: "the form contradicts itself" };
  }
  return { payload: plain(root) };
}

function decodeField(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** `a[b][]` is `['a', 'b', '']`. Brackets that do not pair up are part of the name. */
function keyPath(key: string): readonly string[] {
  const open = key.indexOf("[");
  if (open <= 0 || !key.endsWith("]")) return [key];
  const inner = key.slice(open + 1, -1).split("][");
  return inner.some((name) => /[[\]]/.test(name))
    ? [key]
    : [key.slice(0, open), ...inner];
}

/** Puts a value in its place; false where the place is taken by a value of another kind. */
function insert(root: Branch, path: readonly string[], value: string): boolean {
  let branch = root;
  for (const [index, step] of path.entries()) {
    if (index > 0 && branch.list !== (step === "")) return false;
    // `a[][b]=1&a[][c]=2` is one element, a second `a[][b]` starts the next.
    const name = branch.list ? elementName(branch, path[index + 1]) : step;
    const held = branch.members.get(name);
    if (index === path.length - 1) {
      if (held !== undefined && typeof held !== "string") return false;
      branch.members.set(name, value);
      return true;
    }
    if (typeof held === "string") return false;
    const next = held ?? {
      list: path[index + 1] === "",
      members: new Map<string, Node>(),
    };
    branch.members.set(name, next);
    branch = next;
  }
  return false;
}

function elementName({ members }: Branch, inside: string | undefined): string {
  const last = members.get(String(members.size - 1));
  const goesOn =
    inside &&
    typeof last === "object" &&
    !last.list &&
    !last.members.has(inside);
  return String(goesOn ? members.size - 1 : members.size);
}

function plain(node: Node): unknown {
  if (typeof node === "string") return node;
  if (node.list) return Array.from(node.members.values(), plain);
  // fromEntries defines own members, where an assignment to `__proto__` would set the prototype.
  return Object.fromEntries(
    Array.from(node.members, ([name, value]) => [name, plain(value)]),
  );
}

import type { Decoded } from "./body.js";

/** Limits of a form body. What Freshworks sends stays far below them. */
const maxFormFields = 1000;
const maxFormDepth = 16;

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
export function decodeForm(text: string): Decoded {
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
    return decodeURIComponent(text.replace(/\+/g, " "));
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

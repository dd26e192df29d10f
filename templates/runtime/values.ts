/** Stands for an array or object, and for all that are equal to it. */
interface Held {
  readonly id: string;
  readonly levels: number;
}

/**
 * JSON values by what they hold, whatever the order of their members. An array or object is looked up by a text in which
 * what is inside it is named by its number, so that everything takes time linear in its size, however deep it lies.
 */
export class Values {
  private readonly held = new Map<string, Held>();
  /** Arrays and objects that have been met already. */
  private readonly met = new Map<object, Held>();
  private readonly primitives = new Set<unknown>();
  private readonly members = new Set<Held>();
  private levels = 0;

  constructor(values: readonly unknown[] = []) {
    for (const value of values) {
      const standing = this.standingFor(value);
      if (isHeld(standing)) this.members.add(standing);
      else this.primitives.add(standing);
    }
    this.met.clear();
  }

  /** Whether a value is equal to one that was given at first. */
  has(value: unknown): boolean {
    if (!isComposite(value)) return this.primitives.has(value);
    const held = this.find(value, this.levels);
    return held !== undefined && this.members.has(held);
  }

  /** Whether two items of a list are equal. The list and what is in it must not change as long as this object is used. */
  hasEqual(items: readonly unknown[]): boolean {
    const seen = new Set<unknown>();
    for (const item of items) seen.add(this.standingFor(item));
    return seen.size < items.length;
  }

  /** Forgets everything. */
  clear(): void {
    for (const each of [this.held, this.met, this.primitives, this.members])
      each.clear();
  }

  /** A primitive itself; of arrays and objects the same for those that are equal. */
  private standingFor(value: unknown): unknown {
    if (!isComposite(value)) return value;
    const met = this.met.get(value);
    if (met !== undefined) return met;
    let levels = 0;
    const text = textOf(value, (inner) => {
      const held = this.standingFor(inner) as Held;
      levels = Math.max(levels, held.levels);
      return held.id;
    });
    const held = this.held.get(text) ?? {
      id: `#${this.held.size}`,
      levels: levels + 1,
    };
    this.held.set(text, held);
    this.met.set(value, held);
    this.levels = Math.max(this.levels, held.levels);
    return held;
  }

  /** What stands for an array or object of so many levels at most, if anything does. */
  private find(value: object, levels: number): Held | undefined {
    if (levels === 0) return undefined;
    return this.held.get(
      textOf(value, (inner) => this.find(inner, levels - 1)?.id ?? "?"),
    );
  }
}

function isHeld(value: unknown): value is Held {
  return isComposite(value);
}

function isComposite(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** An array or object as text, with what is said of the arrays and objects in it. */
function textOf(value: object, idOf: (inner: object) => string): string {
  let text = "";
  if (Array.isArray(value)) {
    for (const inner of value as readonly unknown[])
      text += `${isComposite(inner) ? idOf(inner) : primitiveText(inner)},`;
    return text;
  }
  const names = Object.keys(value);
  if (names.length > 1) names.sort();
  for (const name of names) {
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    text += `${JSON.stringify(name)}:${isComposite(inner) ? idOf(inner) : primitiveText(inner)},`;
  }
  return `{${text}`;
}

function primitiveText(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

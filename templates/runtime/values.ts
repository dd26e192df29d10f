/**
 * JSON values by what they hold, whatever the order of their members. An array or object has a number, the same for all that
 * are equal to it. The number is looked up by a text, in which a large array or object inside it stands by its own number.
 * So everything takes time linear in its size, however deep it lies.
 */
export class Values {
  private readonly numbers = new Map<string, number>();
  /** How many arrays and objects lie one inside another, by number. */
  private readonly levels: number[] = [];
  /** Numbers of the arrays and objects that have been met already. A small one is read again as quickly. */
  private readonly met = new Map<object, number>();
  private readonly primitives = new Set<unknown>();
  private readonly members = new Set<number>();
  private highest = 0;
  /** How long the longest text is. What is longer is equal to nothing known. */
  private longest = 0;

  constructor(values: readonly unknown[] = []) {
    for (const value of values) this.add(value);
    this.met.clear();
  }

  /** Whether a value is equal to one that was given at first. */
  has(value: unknown): boolean {
    if (!isComposite(value)) return this.primitives.has(value);
    const number = this.find(value, this.highest);
    return number !== undefined && this.members.has(number);
  }

  /** Whether two items of a list are equal. The list and what is in it must not change as long as this object is used. */
  hasEqual(items: readonly unknown[]): boolean {
    this.primitives.clear();
    this.members.clear();
    let different = 0;
    for (const item of items) {
      this.add(item);
      if (this.members.size + this.primitives.size === different) return true;
      different += 1;
    }
    return false;
  }

  /** Forgets all values. */
  clear(): void {
    for (const each of [this.numbers, this.met, this.primitives, this.members])
      each.clear();
    this.levels.length = 0;
  }

  private add(value: unknown): void {
    if (isComposite(value)) this.members.add(this.numberOf(value));
    else this.primitives.add(value);
  }

  private numberOf(value: object): number {
    const met = this.met.get(value);
    if (met !== undefined) return met;
    let levels = 0;
    const text = textOf(value, (inner) => {
      const known = this.met.get(inner);
      const short = known === undefined ? shortText(inner) : undefined;
      if (short !== undefined) {
        levels = Math.max(levels, 1);
        return short;
      }
      const number = known ?? this.numberOf(inner);
      levels = Math.max(levels, this.levels[number] ?? 0);
      return `#${number}`;
    });
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(text, number);
      this.levels.push(levels + 1);
      this.highest = Math.max(this.highest, levels + 1);
      this.longest = Math.max(this.longest, text.length);
    }
    if (levels > 0 || text.length > shortAtMost) this.met.set(value, number);
    return number;
  }

  /** The number of an array or object of so many levels at most, if it has one. */
  private find(value: object, levels: number): number | undefined {
    if (levels === 0) return undefined;
    const text = textOf(
      value,
      (inner) => shortText(inner) ?? `#${this.find(inner, levels - 1) ?? -1}`,
      this.longest,
    );
    return this.numbers.get(text);
  }
}

/** A small array or object of primitives as text; undefined for any other, which stands by its number. */
function shortText(value: object): string | undefined {
  const members: readonly unknown[] = Array.isArray(value)
    ? value
    : Object.values(value);
  if (members.length > 4 || members.some(isComposite)) return undefined;
  const text = textOf(value, () => "");
  if (text.length > shortAtMost) return undefined;
  return Array.isArray(value) ? `[${text}]` : `${text}}`;
}

/** How long the text of what is not worth a number is at most. */
const shortAtMost = 64;

function isComposite(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/**
 * An array or object as text, with what is said of the arrays and objects in it. A text that grows longer than `most` is
 * not read to its end.
 */
function textOf(
  value: object,
  nameOf: (inner: object) => string,
  most = Infinity,
): string {
  let text = "";
  if (Array.isArray(value)) {
    for (const inner of value as readonly unknown[]) {
      text += `${isComposite(inner) ? nameOf(inner) : primitiveText(inner)},`;
      if (text.length > most) break;
    }
    return text;
  }
  const names = Object.keys(value);
  // A text of so many names would be cut: their order does not matter.
  if (names.length > 1 && names.length <= most) names.sort();
  for (const name of names) {
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    text += `${primitiveText(name)}${isComposite(inner) ? nameOf(inner) : primitiveText(inner)},`;
    if (text.length > most) break;
  }
  return `{${text}`;
}

function primitiveText(value: unknown): string {
  return typeof value === "string"
    ? `"${value.length}:${value}`
    : String(value);
}

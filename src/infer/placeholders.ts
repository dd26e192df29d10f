import { parse } from 'yaml';

/** What a placeholder of a rule's template may give. */
export interface Placeholder {
  /** `*` stands for any letters, digits and `_`. */
  readonly name: string;
  readonly products: readonly string[];
  readonly gives: 'number' | 'text' | 'list';
  /** The names of the sources that show it for these products. */
  readonly sources: readonly string[];
  readonly grade: 'V' | 'R' | '1' | 'judgement';
  readonly description: string;
}

/** Where placeholders are known from. */
export interface PlaceholderSource {
  /** The products that it shows placeholders of. */
  readonly products: readonly string[];
  readonly what: string;
}

export interface PlaceholderTable {
  /** By the names that placeholders give them. */
  readonly sources: Readonly<Record<string, PlaceholderSource>>;
  readonly placeholders: readonly Placeholder[];
}

/** Reads the table that comes with the program. */
export function placeholderTable(text: string): PlaceholderTable {
  return parse(text) as PlaceholderTable;
}

/** The entry of a placeholder, as the product has it. */
export function placeholderOf(
  table: readonly Placeholder[],
  name: string,
  product: string,
): Placeholder | undefined {
  return table.find((each) => each.products.includes(product) && isLike(each.name, name));
}

function isLike(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (others.length === 0) return pattern === name;
  if (!name.startsWith(first) || !/^\w*$/.test(name.slice(first.length))) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

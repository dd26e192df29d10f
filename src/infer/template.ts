/*
 * Templates of rules: JSON in which placeholders stand, `{{ticket.id}}`, in texts or in the place of a value.
 */

/** A value of a template. Offsets are into its text. */
export type TemplateValue =
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: TemplateValue])[] }
  | { readonly kind: 'array'; readonly items: readonly TemplateValue[] }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly placeholders: readonly string[];
      readonly start: number;
    }
  | {
      readonly kind: 'bare';
      readonly placeholders: readonly string[];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'literal'; readonly value: number | boolean | null };

/** A fault of a template, at an offset. */
export class TemplateFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const maxDepth = 64;

/** @throws TemplateFault */
export function readTemplate(text: string): TemplateValue {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const root = value(0);
  skip();
  if (at < text.length) fail('something follows the end of the JSON');
  return root;

  function value(depth: number): TemplateValue {
    if (depth > maxDepth) fail('it is nested too deeply');
    skip();
    if (text.startsWith('{{', at)) return bare();
    switch (text[at]) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"': {
        const start = at;
        const [plain, placeholders] = string();
        return { kind: 'text', text: plain, placeholders, start };
      }
      default:
        return literal();
    }
  }

  function object(depth: number): TemplateValue {
    const members: [string, TemplateValue][] = [];
    const names = new Set<string>();
    at += 1;
    for (skip(); text[at] !== '}'; skip()) {
      if (members.length > 0) comma();
      if (text[at] !== '"') fail('the name of a member is expected, in double quotes');
      const [name, placeholders] = string();
      if (placeholders.length > 0) fail('the name of a member holds a placeholder');
      if (names.has(name)) fail('two members have one name');
      names.add(name);
      skip();
      if (text[at] !== ':') fail('a colon is expected');
      at += 1;
      members.push([name, value(depth + 1)]);
    }
    at += 1;
    return { kind: 'object', members };
  }

  function array(depth: number): TemplateValue {
    const items: TemplateValue[] = [];
    at += 1;
    for (skip(); text[at] !== ']'; skip()) {
      if (items.length > 0) comma();
      items.push(value(depth + 1));
    }
    at += 1;
    return { kind: 'array', items };
  }

  function comma(): void {
    if (text[at] !== ',') fail('a comma is expected');
    at += 1;
    skip();
  }

  /** One placeholder or several, and what is written between them up to the next value. */
  function bare(): TemplateValue {
    const start = at;
    const placeholders: string[] = [];
    while (at < text.length && !/[,\]}\s]/.test(text[at] ?? '')) {
      if (text.startsWith('{{', at)) placeholders.push(placeholder());
      else at += 1;
    }
    return { kind: 'bare', placeholders, start, end: at };
  }

  /** The name in a placeholder, without filters. */
  function placeholder(): string {
    const end = text.indexOf('}}', at);
    if (end < 0) fail('the placeholder has no end');
    const inner = text.slice(at + 2, end);
    at = end + 2;
    return (inner.split('|')[0] ?? '').trim();
  }

  /** Quotes inside of a placeholder, as in `{{ x | date: "%d" }}`, are part of it. */
  function string(): readonly [string, readonly string[]] {
    const placeholders: string[] = [];
    let plain = '';
    at += 1;
    while (text[at] !== '"') {
      if (at >= text.length) fail('the text has no end');
      if (text.startsWith('{{', at)) placeholders.push(placeholder());
      else if (text[at] === '\\') plain += escape();
      else plain += text[at++] ?? '';
    }
    at += 1;
    return [plain, placeholders];
  }

  function escape(): string {
    const found = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    found.lastIndex = at;
    const [whole] = found.exec(text) ?? fail('this is no escape of JSON');
    at += whole.length;
    return JSON.parse(`"${whole}"`) as string;
  }

  function literal(): TemplateValue {
    const found = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,\]}]|$)/y;
    found.lastIndex = at;
    const [whole] = found.exec(text) ?? fail('a value is expected');
    at += whole.length;
    return { kind: 'literal', value: JSON.parse(whole) as number | boolean | null };
  }

  function skip(): void {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
  }

  function fail(message: string): never {
    throw new TemplateFault(message, at);
  }
}

/** Placeholders in the place of values: each gives broken JSON where it is empty. */
export function barePlaceholders(value: TemplateValue): readonly Extract<TemplateValue, { kind: 'bare' }>[] {
  switch (value.kind) {
    case 'bare':
      return [value];
    case 'array':
      return value.items.flatMap(barePlaceholders);
    case 'object':
      return value.members.flatMap(([, member]) => barePlaceholders(member));
    default:
      return [];
  }
}

/** The template with every placeholder in quotes. All else keeps its bytes. */
export function mended(text: string, value: TemplateValue): string {
  let result = '';
  let from = 0;
  for (const { start, end } of barePlaceholders(value)) {
    result += `${text.slice(from, start)}"${text.slice(start, end).replaceAll('"', "'")}"`;
    from = end;
  }
  return result + text.slice(from);
}

/** All placeholders, with the offset of the value that each is in. */
export function placeholdersOf(value: TemplateValue): readonly (readonly [name: string, offset: number])[] {
  switch (value.kind) {
    case 'text':
    case 'bare':
      return value.placeholders.map((name) => [name, value.start]);
    case 'array':
      return value.items.flatMap(placeholdersOf);
    case 'object':
      return value.members.flatMap(([, member]) => placeholdersOf(member));
    case 'literal':
      return [];
  }
}

/** What tells templates apart that are sent to one address: the path of a text that each writes differently. */
export function toldApartBy(templates: readonly TemplateValue[]): readonly string[] | undefined {
  const lists = templates.map((each) => new Map(fixedTexts(each, [])));
  const [first] = lists;
  const paths = [...(first?.keys() ?? [])].filter((path) => {
    const words = lists.map((list) => list.get(path));
    return (
      words.every((word) => word !== undefined && word !== '') && new Set(words).size === templates.length
    );
  });
  const rank = (path: string) => usual.indexOf((JSON.parse(path) as string[]).at(-1) ?? '');
  const [best] = paths.sort(
    (a, b) => (rank(a) < 0 ? 99 : rank(a)) - (rank(b) < 0 ? 99 : rank(b)) || (a < b ? -1 : 1),
  );
  return best === undefined ? undefined : (JSON.parse(best) as readonly string[]);
}

const usual = ['event', 'event_type', 'type', 'action'];

function fixedTexts(value: TemplateValue, path: readonly string[]): readonly (readonly [string, string])[] {
  if (value.kind === 'text' && value.placeholders.length === 0) return [[JSON.stringify(path), value.text]];
  if (value.kind !== 'object') return [];
  return value.members.flatMap(([name, member]) => fixedTexts(member, [...path, name]));
}

/** The text at a path of a template. */
export function textAt(value: TemplateValue, path: readonly string[]): string {
  const found = path.reduce<TemplateValue | undefined>(
    (inner, name) =>
      inner?.kind === 'object' ? inner.members.find(([each]) => each === name)?.[1] : undefined,
    value,
  );
  return found?.kind === 'text' ? found.text : '';
}

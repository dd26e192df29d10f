/** A piece of a line, by which it is coloured. */
export interface Part {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'mark';
  readonly text: string;
}

/** A line of a payload that is laid out. */
export interface Line {
  /** The JSON pointer of what begins, or ends, on it. */
  readonly pointer: string;
  readonly depth: number;
  readonly parts: readonly Part[];
  /** A line that only closes what an earlier one opened. */
  readonly isEnd: boolean;
}

/** Nobody reads deeper: what is nested below stands on one line, as it came. */
export const deepest = 64;

interface Open {
  readonly close: '}' | ']';
  readonly pointer: string;
  /** Members so far. */
  count: number;
}

/**
 * Lays JSON out, a member to a line. Order, repeated names and the spelling of numbers stay as they are.
 *
 * @returns undefined where the text is no JSON
 */
export function layOut(json: string): readonly Line[] | undefined {
  const lines: Line[] = [];
  const open: Open[] = [];
  let at = 0;
  let pointer = '';
  let parts: Part[] = [];

  const skip = (): void => {
    while (/\s/.test(json.charAt(at))) at += 1;
  };
  const end = (isEnd = false): void => {
    lines.push({ pointer, depth: open.length, parts, isEnd });
    parts = [];
  };

  for (;;) {
    skip();
    const opener = json.charAt(at);
    if (opener === '{' || opener === '[') {
      if (open.length >= deepest) {
        const rest = json.slice(at, at + 100_000);
        parts.push({ kind: 'mark', text: rest });
        end();
        return lines;
      }
      at += 1;
      skip();
      const close = opener === '{' ? '}' : ']';
      if (json.charAt(at) === close) {
        at += 1;
        parts.push({ kind: 'mark', text: opener + close });
      } else {
        parts.push({ kind: 'mark', text: opener });
        end();
        open.push({ close, pointer, count: 0 });
        if (!member()) return undefined;
        continue;
      }
    } else {
      const value = scalar(json, at);
      if (value === undefined) return undefined;
      parts.push(value);
      at += value.text.length;
    }
    if (!follow()) return undefined;
    if (open.length === 0) {
      end(lines.length > 0);
      skip();
      return at === json.length ? lines : undefined;
    }
  }

  /** The start of a member: its name, or its place in the list. */
  function member(): boolean {
    const inside = open.at(-1) as Open;
    if (inside.close === ']') {
      pointer = `${inside.pointer}/${inside.count}`;
    } else {
      skip();
      const name = json.charAt(at) === '"' ? scalar(json, at) : undefined;
      if (name === undefined) return false;
      at += name.text.length;
      skip();
      if (json.charAt(at) !== ':') return false;
      at += 1;
      pointer = `${inside.pointer}/${segment(name.text)}`;
      parts.push({ kind: 'key', text: name.text }, { kind: 'mark', text: ': ' });
    }
    inside.count += 1;
    return true;
  }

  /** What comes after a value: closes what ends with it, and starts the next member. */
  function follow(): boolean {
    for (;;) {
      const inside = open.at(-1);
      if (inside === undefined) return true;
      skip();
      const next = json.charAt(at);
      at += 1;
      if (next === ',') {
        parts.push({ kind: 'mark', text: ',' });
        end(isClosing());
        return member();
      }
      if (next !== inside.close) return false;
      end(isClosing());
      open.pop();
      pointer = inside.pointer;
      parts = [{ kind: 'mark', text: inside.close }];
    }
  }

  function isClosing(): boolean {
    const text = parts[0]?.text;
    return text === '}' || text === ']';
  }
}

/** A string, number or word that begins at a place. */
function scalar(json: string, at: number): Part | undefined {
  if (json.charAt(at) === '"') {
    for (let end = json.indexOf('"', at + 1); end >= 0; end = json.indexOf('"', end + 1)) {
      let slashes = 0;
      while (json.charAt(end - 1 - slashes) === '\\') slashes += 1;
      if (slashes % 2 === 0) return { kind: 'string', text: json.slice(at, end + 1) };
    }
    return undefined;
  }
  const end = /[\s,\]}]|$/g;
  end.lastIndex = at;
  const text = json.slice(at, end.exec(json)?.index ?? json.length);
  if (/^-?\d[\d.eE+-]*$/.test(text)) return { kind: 'number', text };
  return text === 'true' || text === 'false' || text === 'null' ? { kind: 'word', text } : undefined;
}

/** A name as it stands in a JSON pointer. */
function segment(quoted: string): string {
  let name = quoted.slice(1, -1);
  try {
    name = JSON.parse(quoted) as string;
  } catch {
    // A name with a stray escape is its own spelling.
  }
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** JSON as it is edited: laid out, with every value spelt as it was. What is no JSON stays as it is. */
export function laidOut(text: string): string {
  const lines = layOut(text);
  if (lines === undefined || lines.some(({ depth }) => depth >= deepest)) return text;
  return lines
    .map(({ depth, parts }) => '  '.repeat(depth) + parts.map((part) => part.text).join(''))
    .join('\n');
}

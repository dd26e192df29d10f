import type { Report } from '../diagnostics/diagnostic.js';
import type { Source } from '../diagnostics/source.js';
import { addMember } from './member.js';
import { limits } from './limits.js';
import { checkedNumber } from './number.js';
import { setMemberOffset, setOffset, type Offsets, type SourceOffset } from './offsets.js';
import { rejected } from './rejection.js';
import { newObject, type Tree } from './tree.js';

/**
 * Reads JSON (RFC 8259) strictly, remembering where each value starts. Beyond the grammar: no duplicate keys.
 *
 * @throws Rejected at the first thing that is wrong.
 */
export function readJson(source: Source, offsets: Offsets, report: Report): Tree {
  const { text } = source;
  let at = 0;
  let nodes = 0;

  const fail = (expected: string, offset = at): Error => {
    const found = offset >= text.length ? 'the end of the file' : 'something else';
    return rejected('json-syntax', `Expected ${expected}, found ${found}.`, { source, offset });
  };

  const skipSpace = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  };

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    at += match?.length ?? 0;
    return match;
  };

  function readValue(depth: number): Tree {
    skipSpace();
    const start = { source, offset: at };
    nodes += 1;
    if (nodes > limits.nodes) {
      throw rejected('nodes-too-many', `More than ${limits.nodes} values in one file.`, start);
    }
    switch (text[at]) {
      case '{':
      case '[':
        if (depth > limits.depth) {
          throw rejected('nesting-too-deep', `Nested deeper than ${limits.depth} levels.`, start);
        }
        return text[at] === '{' ? readObject(depth) : readArray(depth);
      case '"':
        return readString();
      default:
        return readWord(start);
    }
  }

  function readWord(start: SourceOffset): Tree {
    const number = take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])/y);
    if (number !== undefined) return checkedNumber(Number(number), number, start, report);
    const word = take(/(?:true|false|null)(?!\w)/y);
    if (word === undefined) throw fail('a value');
    return word === 'null' ? null : word === 'true';
  }

  function readObject(depth: number): Tree {
    const node = newObject();
    setOffset(offsets, node, { source, offset: at });
    at += 1;
    for (let first = true; !ends('}', first); first = false) {
      const keyStart = { source, offset: at };
      if (text[at] !== '"') throw fail('a key in double quotes');
      const key = readString();
      skipSpace();
      if (text[at] !== ':') throw fail('`:`');
      at += 1;
      skipSpace();
      const start = at;
      addMember(node, key, keyStart, () => readValue(depth + 1));
      setMemberOffset(offsets, node, key, start);
    }
    return node;
  }

  function readArray(depth: number): Tree {
    const node: Tree[] = [];
    setOffset(offsets, node, { source, offset: at });
    at += 1;
    while (!ends(']', node.length === 0)) {
      setMemberOffset(offsets, node, node.length, at);
      node.push(readValue(depth + 1));
    }
    return node;
  }

  /** Steps over the bracket that ends a collection, or over the comma before its next part. */
  function ends(bracket: string, first: boolean): boolean {
    skipSpace();
    const end = text[at] === bracket;
    if (!end && !first && text[at] !== ',') throw fail(`\`,\` or \`${bracket}\``);
    if (end || !first) at += 1;
    skipSpace();
    return end;
  }

  function readString(): string {
    const start = at;
    do at += text[at] === '\\' ? 2 : 1;
    while (at < text.length && text[at] !== '"');
    at += 1;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      throw fail('a string that ends on its line and escapes as JSON does', start);
    }
  }

  const value = readValue(1);
  skipSpace();
  if (at < text.length) throw fail('the end of the file');
  return value;
}

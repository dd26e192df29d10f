/** Deeper levels are not indented further: spaces would take more room than the payload. */
const deepest = 32;
const growsAtMost = 8;

/**
 * Lays JSON out for reading, two spaces a level. What it says is left as it stands: numbers with all their digits, members that
 * come twice, escapes.
 *
 * @param text valid JSON, however deep
 */
export function layOut(text: string): string {
  const parts: string[] = [];
  let length = 0;
  let depth = 0;
  let at = 0;
  const push = (part: string) => {
    parts.push(part);
    length += part.length;
  };
  const newLine = () => push(lines[Math.min(depth, deepest)] ?? '');

  while (at < text.length) {
    const character = text.charAt(at);
    const end = character === '"' ? endOfString(text, at) : endOfWord(text, at);
    // Many short lists inside each other: as it stands is as good as it gets.
    if (length > text.length * growsAtMost + 2 ** 16) return text;
    switch (character) {
      case '{':
      case '[': {
        const next = nextMark(text, end);
        if (next === '}' || next === ']') {
          push(character + next);
          at = text.indexOf(next, end) + 1;
          continue;
        }
        depth += 1;
        push(character);
        newLine();
        break;
      }
      case '}':
      case ']':
        depth -= 1;
        newLine();
        push(character);
        break;
      case ',':
        push(character);
        newLine();
        break;
      case ':':
        push(': ');
        break;
      default:
        if (!isSpace(character)) push(text.slice(at, end));
    }
    at = end;
  }
  return parts.join('');
}

const lines = Array.from({ length: deepest + 1 }, (_, depth) => `\n${'  '.repeat(depth)}`);

function isSpace(character: string): boolean {
  return (
    character === ' ' ||
    character === '\n' ||
    character === '\r' ||
    character === '\t' ||
    character === '\ufeff'
  );
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '"') return at + 1;
  }
  return text.length;
}

/** The end of a number or a name; marks and white space are one character long. */
function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[\w.+-]/.test(text.charAt(at))) at += 1;
  return Math.max(at, start + 1);
}

function nextMark(text: string, from: number): string {
  let at = from;
  while (isSpace(text.charAt(at))) at += 1;
  return text.charAt(at);
}

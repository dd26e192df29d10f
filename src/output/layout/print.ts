import { isList, type Choice, type Doc, type Group } from './doc.js';
import type { Style } from './style.js';

/** A piece that is still to be printed, the last one first. */
interface Pending {
  readonly doc: Doc;
  readonly flat: boolean;
  readonly indent: Indent;
}

interface Indent {
  readonly text: string;
  /** In columns: a tab counts as the style says. */
  readonly width: number;
  /** Alignments and their columns at the end, which become tabs as soon as something is indented further. */
  readonly aligned: number;
  readonly spaces: number;
}

/** The text of a document, each group broken where it does not fit: Prettier's way to do it, in one pass. */
export function print(doc: Doc, style: Style): string {
  const pending: Pending[] = [{ doc, flat: false, indent: { text: '', width: 0, aligned: 0, spaces: 0 } }];
  const broken = new Set<Group>();
  let text = '';
  let current = '';
  let column = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { doc, flat, indent } = next;
    if (typeof doc === 'string') {
      current += doc;
      column += doc.length;
    } else if (isList(doc)) {
      for (let index = doc.length - 1; index >= 0; index--)
        pending.push({ doc: doc[index] as Doc, flat, indent });
    } else if (doc.kind === 'indented') {
      const within = doc.by === 'level' ? further(indent, style) : alignedBy(indent, doc.by);
      pending.push({ doc: doc.content, flat, indent: within });
    } else if (doc.kind === 'choice') {
      pending.push({ doc: chosen(doc, flat, broken), flat, indent });
    } else if (doc.kind === 'group') {
      const isFlat = flat
        ? !doc.broken
        : !doc.broken && fits(doc.content, pending, style.printWidth - column, broken);
      if (!isFlat) broken.add(doc);
      pending.push({ doc: doc.content, flat: isFlat, indent });
    } else if (flat && doc.flat !== undefined) {
      current += doc.flat;
      column += doc.flat.length;
    } else {
      text += `${withoutBlanksAtEnd(current)}\n`;
      current = indent.text;
      column = indent.width;
    }
  }
  return text + current;
}

/** Whether something fits on the line, with all that follows up to the first possible break. */
function fits(doc: Doc, following: readonly Pending[], width: number, broken: ReadonlySet<Group>): boolean {
  const pending: { readonly doc: Doc; readonly flat: boolean }[] = [{ doc, flat: true }];
  let after = following.length;
  let left = width;
  while (left >= 0) {
    const next = pending.pop() ?? following[--after];
    if (next === undefined) return true;
    const { doc, flat } = next;
    if (typeof doc === 'string') left -= doc.length;
    else if (isList(doc)) {
      for (let index = doc.length - 1; index >= 0; index--) pending.push({ doc: doc[index] as Doc, flat });
    } else if (doc.kind === 'group') pending.push({ doc: doc.content, flat: flat && !doc.broken });
    else if (doc.kind === 'indented') pending.push({ doc: doc.content, flat });
    else if (doc.kind === 'choice') pending.push({ doc: chosen(doc, flat, broken), flat });
    else if (!flat || doc.flat === undefined) return true;
    else left -= doc.flat.length;
  }
  return false;
}

function chosen({ of, broken, flat }: Choice, isFlat: boolean, groups: ReadonlySet<Group>): Doc {
  return (of === undefined ? !isFlat : groups.has(of)) ? broken : flat;
}

function further({ text, width, aligned, spaces }: Indent, { useTabs, tabWidth }: Style): Indent {
  const start = text.slice(0, text.length - spaces);
  return useTabs
    ? {
        text: start + '\t'.repeat(aligned + 1),
        width: width - spaces + tabWidth * (aligned + 1),
        aligned: 0,
        spaces: 0,
      }
    : { text: text + ' '.repeat(tabWidth), width: width + tabWidth, aligned: 0, spaces: 0 };
}

function alignedBy({ text, width, aligned, spaces }: Indent, by: number): Indent {
  return {
    text: text + ' '.repeat(by),
    width: width + by,
    aligned: aligned + 1,
    spaces: spaces + by,
  };
}

function withoutBlanksAtEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text.slice(0, end);
}

import type { ts } from 'ts-morph';
import { comments, type Comment } from '../../kit/comments.js';
import { hardLine, joined, type Doc } from './doc.js';
import type { Style } from './style.js';

/** Thrown at what is not laid out here: it is Prettier's then. */
export class Beyond extends Error {}

export function beyond(): never {
  throw new Beyond();
}

/** Texts in which every character takes one column, as Prettier counts: ASCII and Latin letters. */
const narrow = /^[\x20-\x7e\u00c0-\u024f]*$/;

/** A file that is laid out from its beginning to its end: the comments are taken on the way, and none may be left behind. */
export class Page {
  readonly source: ts.SourceFile;
  readonly style: Style;
  readonly #comments: readonly Comment[];
  #taken = 0;

  constructor(source: ts.SourceFile, style: Style) {
    this.source = source;
    this.style = style;
    this.#comments = comments(source);
  }

  /** Text as it stands, of which the columns are known. */
  word(node: ts.Node): string {
    return measured(this.source.text.slice(node.getStart(this.source), node.end));
  }

  /** The comments up to a position, from where the last ones were taken. */
  commentsUntil(position: number): readonly Comment[] {
    const from = this.#taken;
    while ((this.#comments[this.#taken]?.start ?? Infinity) < position) this.#taken++;
    return this.#comments.slice(from, this.#taken);
  }

  /** Where a statement starts, with the comments before it; undefined where one of them belongs to what stands before. */
  startOf(statement: ts.Statement): number | undefined {
    const start = statement.getStart(this.source);
    const comment = this.#comments[this.#taken];
    if (comment === undefined || comment.start > start) return start;
    return statement.pos === 0 || this.lines(statement.pos, comment.start) > 0 ? comment.start : undefined;
  }

  /** The comments on lines of their own before a node, and the node. */
  withComments(node: ts.Node, doc: () => Doc): Doc {
    const start = node.getStart(this.source);
    const found = this.commentsUntil(start);
    let before = node.pos;
    const parts = found.map(({ start: from, end, text }, index): Doc => {
      const next = found[index + 1]?.start ?? start;
      const [above, below] = [this.lines(before, from), this.lines(end, next)];
      // Block comments may share a line, as those of a file's header do.
      const isLed = before === 0 || above > 0 || index > 0;
      const isFollowed = below > 0 || index + 1 < found.length;
      if (from < node.pos || !isLed || !isFollowed) return beyond();
      before = end;
      return [commentDoc(text), below > 0 ? hardLine : ' ', below > 1 ? hardLine : ''];
    });
    return [parts, doc()];
  }

  /** Whether a line is left empty behind a member or a statement, before the next one and its comments. */
  isSpaced(end: number): boolean {
    return /^[\t ;,]*\n[\t ]*\n/.test(this.source.text.slice(end, end + 100));
  }

  /** How many lines end between two positions. */
  lines(from: number, to: number): number {
    let count = 0;
    for (let at = this.source.text.indexOf('\n', from); at !== -1 && at < to; count++)
      at = this.source.text.indexOf('\n', at + 1);
    return count;
  }

  /** A string in the quotes that need fewer escapes, and in the style's where that makes no difference. */
  quoted(node: ts.Node): string {
    const raw = this.word(node);
    const content = raw.slice(1, -1);
    const [preferred, other] = this.style.singleQuote ? (["'", '"'] as const) : (['"', "'"] as const);
    const count = (quote: string) => content.split(quote).length;
    const quote = count(preferred) > count(other) ? other : preferred;
    if (raw[0] === quote) return raw;
    const escaped = content.replace(/\\(["'\\])|["']/g, (found, character: string | undefined) => {
      if (character !== undefined) return character === raw[0] ? character : found;
      return found === quote ? `\\${found}` : found;
    });
    return quote + escaped + quote;
  }
}

function measured(text: string): string {
  return narrow.test(text) ? text : beyond();
}

function commentDoc(text: string): Doc {
  // Prettier leaves alone what stands below this.
  if (text.includes('prettier-ignore')) return beyond();
  if (text.startsWith('//')) return text.trimEnd();
  if (!text.includes('\n')) return text;
  const lines = text
    .slice(1, -1)
    .split('\n')
    .map((line) => line.trimStart());
  const last = lines.pop();
  // Two blanks at the end are a line break of Markdown's.
  if (lines.some((line) => !line.startsWith('*') || line.endsWith('  ')) || !last?.startsWith('*'))
    return beyond();
  const [first = '', ...others] = lines.map((line) => line.trimEnd());
  return joined([`/${first}`, ...others.map((line) => ` ${line}`), ` ${last}/`], hardLine);
}

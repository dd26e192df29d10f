import type { ts } from 'ts-morph';
import { comments, type Comment } from './comments.js';

/** The only directives a generated file may carry, in its header and in exactly this form. */
const inHeader = new Set([
  '// @ts-nocheck',
  '/* eslint-disable */',
  '/* eslint freshworks-gen/generated: "off" */',
]);

/** What compilers and linters obey when a comment starts with it. */
const obeyed = /^\/[/*]+\s*(?:@ts-(?:check|nocheck|ignore|expect-error)\b|[#@]\s*source(?:MappingURL|URL)\b)/;
const obeyedOutsideOfDocs = /^\/[/*](?!\*)\s*eslint(?:-|\s|$)/;
/** Node looks for it anywhere in a file, inside literals too, and takes the last one. */
const sourceMap = /\/[/*][#@]\s*source(?:MappingURL|URL)=/;

/**
 * The first directive to a compiler, linter or runtime that nobody declared, or undefined: `@ts-nocheck` and its kin,
 * `eslint-disable`, triple-slash references, `@jsx` pragmas, source map comments.
 *
 * @param hasHeader whether the header of a file stands in this part of it
 */
export function undeclaredDirective(source: ts.SourceFile, hasHeader: boolean): string | undefined {
  const all = comments(source);
  const headerEnd = hasHeader ? endOfHeader(source, all) : 0;

  for (const comment of all) {
    const isDeclared = comment.end <= headerEnd && inHeader.has(comment.text);
    if (!isDeclared && isObeyed(comment)) return oneLine(comment.text);
  }
  return sourceMap.exec(source.text)?.[0] ?? pragmaOf(source, all, headerEnd);
}

function endOfHeader(source: ts.SourceFile, all: readonly Comment[]): number {
  const first = source.statements[0]?.getStart(source) ?? source.text.length;
  const next = all.find(({ start, text }) => start >= first || text.startsWith('/**'));
  return next?.start ?? source.text.length;
}

function isObeyed({ text }: Comment): boolean {
  return obeyed.test(text) || obeyedOutsideOfDocs.test(text) || isReference(text);
}

function isReference(text: string): boolean {
  return /^\/\/\/\s*</.test(text);
}

/**
 * What TypeScript itself took for a directive. The parser notes it in members that its types leave out; a test holds that
 * they are still there.
 */
interface Noted {
  readonly pragmas: ReadonlyMap<string, unknown>;
  readonly commentDirectives?: readonly { readonly range: { readonly pos: number; readonly end: number } }[];
}

function pragmaOf(source: ts.SourceFile, all: readonly Comment[], headerEnd: number): string | undefined {
  const { pragmas, commentDirectives = [] } = source as ts.SourceFile & Noted;
  const isDeclared = all.some(({ end, text }) => end <= headerEnd && text === '// @ts-nocheck');
  for (const name of pragmas.keys()) {
    if (name !== 'ts-nocheck' || !isDeclared) return `@${name}`;
  }
  const [directive] = commentDirectives;
  return directive && oneLine(source.text.slice(directive.range.pos, directive.range.end));
}

function oneLine(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

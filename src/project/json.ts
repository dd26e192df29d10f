import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Source } from '../diagnostics/source.js';
import { Unreadable } from './text.js';

/** The parser calls itself for every level. */
const levelsAtMost = 100;

/**
 * Parses JSON, with comments and trailing commas where they are wanted. Blank text is no value.
 *
 * @throws Unreadable at the first error, and where it is nested too deeply
 */
export function parseJson(source: Source, { comments }: { readonly comments: boolean }): Node | undefined {
  const { text } = source;
  checkDepth(source);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {
    disallowComments: !comments,
    allowTrailingComma: comments,
  }) as Node | undefined;
  if (root === undefined && isBlank(text)) return undefined;
  const [error] = errors;
  if (error !== undefined || root === undefined)
    throw new Unreadable(wordsOf(error), source, error?.offset ?? 0);
  return root;
}

/** The last member of a name, which is the one that readers take. */
export function memberNamed(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== 'object') return undefined;
  return object.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

/** Token by token, and so without a call for each level. */
function checkDepth(source: Source): void {
  const scanner = createScanner(source.text, true);
  let depth = 0;
  for (let token = scanner.scan(); token !== kinds.end; token = scanner.scan()) {
    if (token === kinds.openBrace || token === kinds.openBracket) depth += 1;
    if (token === kinds.closeBrace || token === kinds.closeBracket) depth -= 1;
    if (depth > levelsAtMost)
      throw new Unreadable(
        `it is nested deeper than ${levelsAtMost} levels`,
        source,
        scanner.getTokenOffset(),
      );
  }
}

/** The scanner’s kinds of token, which its types declare as a `const enum` that is not there at run time. */
const kinds = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;

function isBlank(text: string): boolean {
  return createScanner(text, true).scan() === kinds.end;
}

function wordsOf(error: ParseError | undefined): string {
  if (error === undefined) return 'it is not JSON';
  const words = printParseErrorCode(error.error).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`);
  return `it is not JSON (${words.toLowerCase()})`;
}

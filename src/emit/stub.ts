import type { Event } from '../model/catalog.js';
import { commentLines, identifier, literal } from '../typescript/code.js';

export interface StubOptions {
  /** What relative imports end in: `.js`, `.ts` or nothing. */
  readonly importExtension: string;
  readonly singleQuote: boolean;
  /** Lays out what is added to a file that is there. */
  readonly layOut: (code: string) => Promise<string>;
}

/** What a stub is made of, by the names that its file has for it. */
export interface StubNames {
  readonly unhandled: string;
  readonly Unhandled: string;
}

/** An import from the kit's events: of `{ unhandled, type Unhandled }`. */
export function importOf(clause: string, { importExtension, singleQuote }: StubOptions): string {
  const quote = singleQuote ? "'" : '"';
  return `import ${clause} from ${quote}../events${importExtension}${quote};`;
}

/** A handler that says what it does not handle yet. */
export function stub(
  { name, handler, summary, description }: Event,
  { unhandled, Unhandled }: StubNames,
  { singleQuote }: StubOptions,
): string {
  const double = literal(name).text;
  const event = singleQuote ? double.replace(/^"([^'\\]*)"$/, "'$1'") : double;
  const about = commentLines(description ?? summary);
  const lines = [
    ...about,
    ...(about.length > 0 ? [''] : []),
    '```ts',
    `export const ${handler}: Handler<${commentLines(event).join('')}> = async ({ payload }) => {`,
    '  // …',
    '};',
    '```',
  ];
  const comment = `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
  const type = `${identifier(Unhandled).text}<${event}>`;
  return `${comment}export const ${identifier(handler).text}: ${type} = ${identifier(unhandled).text}(${event});\n`;
}

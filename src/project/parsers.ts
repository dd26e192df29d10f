import json5 from 'json5';
import { parse } from 'smol-toml';
import { Lexer, Parser, parse as parseYamlText } from 'yaml';

/** Parses YAML 1.2 that repeats little by aliases. */
export function parseYaml(text: string): unknown {
  return parseYamlText(text, { logLevel: 'error' });
}

/** How deep a text is nested, as far as that has to be known: the parser calls itself for every level. */
export function yamlDepth(text: string, atMost: number): number {
  const parser = new Parser();
  let deepest = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // A generator does nothing unless it is asked.
    for (const _ of parser.next(lexeme)) continue;
    deepest = Math.max(deepest, parser.stack.length);
    if (deepest > atMost) break;
  }
  return deepest;
}

export function parseJson5(text: string): unknown {
  return json5.parse<unknown>(text);
}

export function parseToml(text: string): unknown {
  return parse(text);
}

import { Composer, Lexer, Parser, type CST, type Document, type ParsedNode } from 'yaml';
import type { Code } from '../diagnostics/catalogue.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { Source } from '../diagnostics/source.js';
import { limits } from './limits.js';
import type { Offsets } from './offsets.js';
import { rejected } from './rejection.js';
import type { Tree } from './tree.js';
import { plainTree } from './yaml-tree.js';

/**
 * Reads one YAML 1.2 document with the core schema, remembering where each value starts. Merge keys (`<<`) are taken,
 * because other AsyncAPI tools take them.
 *
 * @throws Rejected at the first thing that is wrong, and before it costs more than `limits` allow.
 */
export function readYaml(source: Source, offsets: Offsets, report: Report): Tree {
  const composer = new Composer<ParsedNode, true>({
    schema: 'core',
    resolveKnownTags: false,
    // Compares every key with every other one; `addMember` does it by look-up.
    uniqueKeys: false,
  });
  const [document, second] = composer.compose(tokens(source), true, source.text.length);
  if (!document) throw rejected('yaml-syntax', 'This is not a YAML document.', { source, offset: 0 });
  refuseErrors(document, source);
  if (second) {
    const start = { source, offset: second.range[0] };
    throw rejected('yaml-several-documents', 'A second YAML document starts here.', start);
  }
  return plainTree(document.contents, source, offsets, report);
}

/** Takes the text apart under guard: the composer calls itself for every level, so depth is checked before it starts. */
function tokens(source: Source): readonly CST.Token[] {
  const parser = new Parser();
  const found: CST.Token[] = [];
  let count = 0;
  let mergeKeys = 0;
  let offset = 0;
  const refuse = (code: Code, message: string): Error => rejected(code, message, { source, offset });
  for (const lexeme of new Lexer().lex(source.text)) {
    offset = parser.offset;
    for (const token of parser.next(lexeme)) found.push(token);
    count += 1;
    if (lexeme === '<<') mergeKeys += 1;
    if (count > limits.tokens)
      throw refuse('nodes-too-many', `More than ${limits.tokens} tokens in one file.`);
    // The stack holds the document, one entry per level, and the scalar being read.
    if (parser.stack.length > limits.depth + 2) {
      throw refuse('nesting-too-deep', `Nested deeper than ${limits.depth} levels.`);
    }
    if (mergeKeys > limits.mergeKeys) {
      throw refuse('yaml-alias-expansion', `More than ${limits.mergeKeys} merge keys in one file.`);
    }
  }
  for (const token of parser.end()) found.push(token);
  return found;
}

function refuseErrors({ errors, warnings }: Document.Parsed, source: Source): void {
  const error = errors[0];
  const tag = [...errors, ...warnings].find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (tag && (!error || tag.pos[0] <= error.pos[0])) {
    const start = { source, offset: tag.pos[0] };
    throw rejected('yaml-tag', 'This tag is not one of the YAML 1.2 core schema.', start);
  }
  if (!error) return;
  const start = { source, offset: error.pos[0] };
  if (error.code === 'TAB_AS_INDENT') throw rejected('yaml-tab', 'A tab cannot indent YAML.', start);
  const detail = source.quotable ? ` ${error.message}.` : '';
  throw rejected('yaml-syntax', `This is not valid YAML.${detail}`, start);
}

import { closestMatch } from 'leven';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { namesCode } from './code-extension.js';
import type { SourceMap } from '../model/document.js';
import type { Json, JsonObject } from '../model/json.js';
import { annotationKeywords } from '../model/subschemas.js';
import { isObject } from '../model/pointer.js';

/** What a keyword that is not read is, where there is something to say of it. */
export type Unread =
  | { readonly code: 'schema-draft' | 'keyword-ignored' | 'extension-ignored'; readonly message: string }
  | { readonly code: 'keyword-misspelt'; readonly message: string }
  | undefined;

/**
 * Looks at a member of a schema that no reader takes: a keyword of another draft, code for another generator, or a keyword
 * that is spelled wrong. What is nothing of these is somebody's annotation.
 */
export function unread(key: string, node: JsonObject): Unread {
  const value = node[key] as Json;
  if (key === '$schema' && !readDrafts.test(String(value)))
    return { code: 'schema-draft', message: 'the schema names a draft other than draft-07' };
  if (laterKeywords.has(key)) return { code: 'keyword-ignored', message: `${key} is not checked` };
  if (namesCode(key, value))
    return { code: 'extension-ignored', message: 'the extension is meant for another generator' };
  const meant = meantBy(key, value, node);
  if (meant === undefined) return undefined;
  return { code: 'keyword-misspelt', message: `${key} is no keyword; ${meant} is the nearest` };
}

/**
 * The keywords beside a reference that are ignored, as draft-07 (8.3) and AsyncAPI's Reference Object say: all but those that
 * only describe, and OpenAPI's `nullable`, which nobody writes there for nothing.
 */
export function ignoredBeside(node: JsonObject): readonly string[] {
  if (!Object.hasOwn(node, '$ref')) return [];
  return Object.keys(node)
    .filter((key) => deciding.has(key))
    .sort();
}

/** The note of them. */
export function besideReference(
  node: JsonObject,
  ignored: readonly string[],
  sourceMap: SourceMap,
): Diagnostic {
  const words = `${ignored.join(', ')} beside $ref ${ignored.length === 1 ? 'is' : 'are'} ignored`;
  return diagnostic('keyword-beside-ref', words, sourceMap.of(node, ignored[0]));
}

/** The keyword that a misspelt one is nearest to, where the value is one that it could have. */
function meantBy(key: string, value: Json, node: JsonObject): string | undefined {
  if (key.length > longest || /^x-/i.test(key) || described.has(key)) return undefined;
  const absent = [...kinds].filter(([name]) => !Object.hasOwn(node, name));
  const candidates = absent.filter(([, isKind]) => isKind(value)).map(([name]) => name);
  const word = folded(key);
  const alike = candidates.find((name) => folded(name) === word || isSwapped(key, name));
  if (alike !== undefined) return alike;
  const near = closestMatch(key, candidates, { maxDistance: key.length > 5 ? 2 : 1 });
  // One letter of a long word is a slip, though the value is of another kind: `requred: true`. A text may be a note.
  if (near !== undefined || typeof value === 'string') return near;
  const words = absent.map(([name]) => name).filter((name) => name.length > 6);
  return closestMatch(key, words, { maxDistance: 1 });
}

/** A word without what sets words apart that mean the same: its case, what joins its parts, its plural. */
function folded(word: string): string {
  const small = word.toLowerCase().replace(/[-_\s]/g, '');
  return small.replace(/ies$/, 'y').replace(/s$/, '');
}

const longest = 40;

/** Whether two words differ in two letters beside each other that have changed places. */
function isSwapped(word: string, other: string): boolean {
  if (word.length !== other.length) return false;
  const at = [...word].findIndex((letter, index) => letter !== other[index]);
  return (
    word.slice(at, at + 2) === [...other.slice(at, at + 2)].reverse().join('') &&
    word.slice(at + 2) === other.slice(at + 2)
  );
}

const isText = (value: Json) => typeof value === 'string';
const isNumber = (value: Json) => typeof value === 'number';
const isFlag = (value: Json) => typeof value === 'boolean';
const isList = (value: Json) => Array.isArray(value);
const isSchema = (value: Json) => typeof value === 'boolean' || isObject(value);

/** What the keywords that are read hold: one that has another kind of value is not what was meant. */
const kinds: ReadonlyMap<string, (value: Json) => boolean> = new Map<string, (value: Json) => boolean>([
  ['$ref', isText],
  ...['description', 'title', 'format', 'pattern'].map((name) => [name, isText] as const),
  ['type', (value) => isText(value) || isList(value)],
  ...['enum', 'required', 'allOf', 'anyOf', 'oneOf', 'examples'].map((name) => [name, isList] as const),
  ...'minLength maxLength minItems maxItems minProperties maxProperties minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'
    .split(' ')
    .map((name) => [name, isNumber] as const),
  ...['uniqueItems', 'deprecated', 'nullable'].map((name) => [name, isFlag] as const),
  ...['properties', 'patternProperties', 'dependencies'].map((name) => [name, isObject] as const),
  ...'additionalItems additionalProperties contains propertyNames not then else'
    .split(' ')
    .map((name) => [name, isSchema] as const),
  ['default', () => true],
  ['items', (value) => isSchema(value) || isList(value)],
]);

/** Keywords that decide whether a value is accepted. */
const deciding: ReadonlySet<string> = new Set(
  [...kinds.keys(), 'const', 'if'].filter(
    (key) => !['$ref', 'nullable', ...annotationKeywords].includes(key),
  ),
);

/** Words of JSON Schema's other drafts, of OpenAPI and of AsyncAPI that describe, or that are checked elsewhere. */
const described: ReadonlySet<string> = new Set(
  `$anchor $comment $defs $dynamicAnchor $id $recursiveAnchor $schema $vocabulary contentEncoding contentMediaType contentSchema
   definitions discriminator example examples externalDocs id nullable readOnly writeOnly xml summary name names tags kind`.split(
    /\s+/,
  ),
);

const readDrafts = /^https?:\/\/json-schema\.org\/draft-0[67]\/schema#?$/;

/** Keywords of drafts before and after 07 that would change what is accepted. */
const laterKeywords: ReadonlySet<string> = new Set(
  `$dynamicRef $recursiveRef dependentRequired dependentSchemas disallow divisibleBy extends maxContains minContains prefixItems
   unevaluatedItems unevaluatedProperties`.split(/\s+/),
);

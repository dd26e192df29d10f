import { diagnostic, Rejected, type Report } from '../diagnostics/diagnostic.js';
import type { SourceMap } from '../model/document.js';
import type { JsonObject } from '../model/json.js';
import { isObject } from '../model/pointer.js';

/** Whether a schema stands under `schema`, with its language beside it: the form of AsyncAPI 3. */
export function isMultiFormat(value: unknown): value is JsonObject {
  return isObject(value) && Object.hasOwn(value, 'schemaFormat') && Object.hasOwn(value, 'schema');
}

/**
 * Checks that the schema language that something names is JSON Schema; where it names none, it is.
 *
 * @throws Rejected `schema-format-unsupported`
 */
export function checkFormat(holder: JsonObject, sourceMap: SourceMap, report: Report): void {
  if (!Object.hasOwn(holder, 'schemaFormat')) return;
  const format = String(holder['schemaFormat']);
  const location = sourceMap.of(holder, 'schemaFormat');
  if (!jsonSchema.test(format)) {
    throw new Rejected(
      diagnostic(
        'schema-format-unsupported',
        `the payload's schema format is ${format || 'empty'}`,
        location,
      ),
    );
  }
  if (otherDraft.test(format)) {
    report(diagnostic('schema-draft', 'the schema format names a draft other than draft-07', location));
  }
}

const jsonSchema = /^application\/(?:vnd\.aai\.asyncapi|schema)(?:\+json|\+yaml)?\s*(?:;|$)/i;
const otherDraft = /^application\/schema.*;\s*version\s*=(?!\s*"?draft-0[67]\b)/i;

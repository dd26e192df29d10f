import type { Document } from '../model/document.js';
import type { Json } from '../model/json.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';

/** What is wrong with the version that a document names; undefined where it is one that is read. */
export function versionFault({
  data,
  sourceMap,
}: Pick<Document, 'data' | 'sourceMap'>): Diagnostic | undefined {
  const { asyncapi } = data;
  if (asyncapi === undefined) {
    const other = Object.keys(others).find((key) => Object.hasOwn(data, key));
    const what = other === undefined ? 'it has no `asyncapi`' : `it is ${others[other]}`;
    const location = other === undefined ? sourceMap.of(data) : sourceMap.of(data, other);
    return diagnostic('asyncapi-missing', `this is not an AsyncAPI document: ${what}`, location);
  }
  if (typeof asyncapi === 'string' && versions.test(asyncapi)) return undefined;
  return diagnostic('asyncapi-missing', faultOf(asyncapi), sourceMap.of(data, 'asyncapi'));
}

function faultOf(version: Json): string {
  return typeof version === 'string'
    ? `AsyncAPI ${version} is not a version that is read`
    : 'the version is not a text of three numbers';
}

const versions = /^(?:2\.[0-6]|3\.[01])\.0$/;

/** Documents that are taken for AsyncAPI, by the key that gives them away. */
const others: Readonly<Record<string, string>> = {
  openapi: 'an OpenAPI document',
  swagger: 'a Swagger document',
  overlay: 'an overlay',
  arazzo: 'an Arazzo document',
  $schema: 'a JSON Schema',
};

import type { SourceLocation } from '../diagnostics/source-location.js';
import type { JsonArray, JsonObject } from './json.js';

/** The key of a document under which the files stand that references have brought in. */
export const externalFiles = 'x-external';

/** A file that the output depends on. */
export interface Input {
  /** Absolute path. */
  readonly path: string;
  /** SHA-256 of its bytes, each CRLF counted as LF, in hex. */
  readonly sha256: string;
}

/** One AsyncAPI document as the later stages see it: overlays applied, every `$ref` pointing inside `data`. */
export interface Document {
  /** The root file as messages show it. */
  readonly file: string;
  /** Its base name, for the headers of generated files. */
  readonly name: string;
  readonly data: JsonObject;
  /** The root file first, then the files its references and overlays brought in. */
  readonly inputs: readonly Input[];
  /** Overlays that were applied, in order. */
  readonly overlays: readonly AppliedOverlay[];
  readonly sourceMap: SourceMap;
  /** Objects whose `$ref` is data, not a reference: in examples, defaults, constants and extensions. */
  readonly quoted: ReadonlySet<JsonObject>;
}

export interface AppliedOverlay {
  readonly name: string;
  readonly title: string;
  readonly shipped: boolean;
  /** How many places of the document its actions changed. */
  readonly changes: number;
}

/** Where each value of a document was written, by identity: it stays right when values are merged or moved. */
export interface SourceMap {
  /** The place of an object or array, or of the value under one of its keys; undefined for what no file holds. */
  of(node: JsonObject | JsonArray, key?: string | number): SourceLocation | undefined;
  /** The place of a key itself, for what is wrong with there being such a member. */
  ofKey(node: JsonObject, key: string): SourceLocation | undefined;
}

import type { Json, JsonArray, JsonObject } from '../model/json.js';
import type { Code } from '../diagnostics/catalogue.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceLocation, Position } from '../diagnostics/source-location.js';

/** A configuration as it was written: its values, and where each is where that is known. */
export interface Written {
  /** The file as messages name it. */
  readonly file: string;
  /** The folder that its paths start at. */
  readonly folder: string;
  readonly value: Json;
  /** Where a value starts; undefined for what a program has made. */
  locationOf(node: JsonObject | JsonArray, key?: string | number): SourceLocation | undefined;
  /** Where the key of a value starts. */
  keyLocationOf(node: JsonObject, key: string): SourceLocation | undefined;
}

/** Where a value comes from that somebody gave. The position is known of what was read. */
export type Source =
  { readonly from: 'flag' } | { readonly from: 'file'; readonly position: Position | undefined };

/** A finding about a configuration: at its place, else with the name of the file in front. */
export function findingIn(
  file: string,
  code: Code,
  message: string,
  location: SourceLocation | undefined,
): Diagnostic {
  return location ? diagnostic(code, message, location) : diagnostic(code, `${file}: ${message}`);
}

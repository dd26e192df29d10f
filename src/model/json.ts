/** Plain data as JSON has it. Objects made from documents have a null prototype or are only read through own keys. */
export type Json = null | boolean | number | string | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json;
}

import type { Json, JsonObject } from './json.js';
import type { Document } from './document.js';

/** A channel of a document as @asyncapi/parser understands it, version differences gone. */
export interface Channel {
  readonly document: Document;
  /** Its key under `channels`. */
  readonly key: string;
  /** Where it is reached; undefined where the document leaves it open. */
  readonly address: string | undefined;
  /** The node under `channels`, as written. */
  readonly node: JsonObject;
  readonly description: string | undefined;
  readonly messages: readonly Message[];
}

export interface Message {
  /** Its key under `messages` or `components.messages`, or in a file beside, else its `name`; undefined where it has none. */
  readonly key: string | undefined;
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly contentType: string | undefined;
  /** The node as written: `payload`, `schemaFormat` and `examples` are read from here. */
  readonly node: JsonObject;
  readonly operation: Operation | undefined;
}

export interface Operation {
  readonly id: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  /** Lists of security schemes: all of one list are needed, and one list is enough. */
  readonly security: readonly (readonly Json[])[];
}

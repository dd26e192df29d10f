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
  /**
   * In AsyncAPI 3, its key in its channel; before, its key under `components.messages` or in a file beside, else its `name`;
   * undefined where it has none.
   */
  readonly key: string | undefined;
  /** Where it is defined, if not in its channel: there may be several events of one message. */
  readonly definition: Definition | undefined;
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly contentType: string | undefined;
  /** The node as written: `payload`, `schemaFormat` and `examples` are read from here. */
  readonly node: JsonObject;
  readonly operation: Operation | undefined;
}

export interface Definition {
  /** Its key under `components.messages`, or what a reference calls it. */
  readonly name: string;
  /** JSON Pointer from the document's root. */
  readonly pointer: string;
}

export interface Operation {
  readonly id: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  /** Lists of security schemes: all of one list are needed, and one list is enough. */
  readonly security: readonly (readonly Json[])[];
}

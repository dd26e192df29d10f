import type { Json } from './json.js';

/**
 * What the documents say, in the shape that emission needs: plain JSON, sorted by name throughout, so that the order of
 * keys in a document changes nothing. Every name in it has been made safe; every other document text is still raw.
 */
export interface Catalog {
  readonly documents: readonly DocumentInfo[];
  readonly products: readonly Product[];
  readonly events: readonly Event[];
  readonly types: readonly PayloadType[];
}

export interface DocumentInfo {
  /** Base name of the file, as headers cite it. */
  readonly name: string;
  readonly title: string;
}

export interface Product {
  /** Kebab case, safe as a file name and a key: `freshdesk`. */
  readonly name: string;
  /** How deliveries authenticate: by one of these. Empty where the document does not say. */
  readonly authentication: readonly Requirement[];
  /** Base names of the documents that describe it. */
  readonly documents: readonly string[];
}

/** The ways to authenticate that are needed together. Empty where the document says that none is. */
export type Requirement = readonly Authentication[];

export type Authentication =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer' }
  | { readonly kind: 'header'; readonly header: string }
  | { readonly kind: 'query'; readonly parameter: string }
  | {
      readonly kind: 'signature';
      readonly header?: string;
      readonly algorithm: SignatureAlgorithm;
      readonly encoding?: 'hex' | 'base64';
    }
  /** A type of security scheme that the kit has no verifier for: `oauth2`. */
  | { readonly kind: 'other'; readonly type: string };

export type SignatureAlgorithm = 'hmac-sha256' | 'rsa-sha256' | 'standard-webhooks';

export interface Event {
  /** The channel address without its leading slash: `freshdesk/ticket-created`. Any text but control characters. */
  readonly name: string;
  readonly product: string;
  /** The channel's key in its document. */
  readonly channel: string;
  /** Identifier of the handler: `onFreshdeskTicketCreated`. */
  readonly handler: string;
  /** Name of the payload's type: an entry of `types`. */
  readonly payload: string;
  readonly summary?: string;
  readonly description?: string;
  /** How the payload says which event it is; absent where only the path can tell. */
  readonly discriminator?: Discriminator;
  /** AsyncAPI runtime expressions whose values together stay the same over retries; empty where there is nothing stable. */
  readonly deliveryKey: readonly string[];
  /** Media types taken beside JSON. */
  readonly contentTypes: readonly string[];
  readonly examples: readonly Json[];
  /** The document's base name. */
  readonly document: string;
}

export interface Discriminator {
  /** The member names from the payload's root to the value. */
  readonly path: readonly string[];
  readonly value: string;
}

export interface PayloadType {
  /** A safe identifier in Pascal case, unique in the catalog. */
  readonly name: string;
  /** The file it is declared in: a product's name, or `shared` for what two products use. */
  readonly module: string;
  /** Whether an event names it as its payload: then it has a guard. */
  readonly root: boolean;
  /** Whether it is written inside another type, which alone uses it. */
  readonly nested: boolean;
  readonly schema: Schema;
}

/** JSON Schema draft-07 reduced to the keywords that mean something here. `$ref` holds the name of a `PayloadType`. */
export type Schema = boolean | SchemaObject;

export interface SchemaObject {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  /** An `enum` that lists what is known and excludes nothing of its type. */
  readonly open?: boolean;

  readonly type?: SimpleType | readonly SimpleType[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: Schema;
  readonly contains?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependencies?: Readonly<Record<string, Schema | readonly string[]>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
}

export type SimpleType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

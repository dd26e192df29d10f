import type { Decoded } from '../../templates/runtime/body.js';
import type * as signatures from '../../templates/runtime/signatures.js';
import type { Finding, Issue } from '../../templates/runtime/standard-schema.js';
import type { Scheme, Signed } from '../../templates/testing.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Catalog } from '../model/catalog.js';
import type { Json } from '../model/json.js';
import type { Modules } from './modules.js';

export type { Decoded, Finding, Issue, Scheme, Signed };

/** What the kit's `verify` takes: the schemes, by the names that users import. */
export type Signatures = typeof signatures;

/**
 * The kit of some documents at work: the code that `generate` would write, imported. What it says of a delivery is what a
 * receiver with this kit says.
 */
export interface LiveKit {
  readonly catalog: Catalog;
  /** Warnings and notes about the documents. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is wrong with a payload; empty for a valid one. */
  check(event: string, payload: unknown): readonly Issue[];
  /** The same as validators find it: by keyword, with its parameters, at a JSON pointer. At most a hundred. */
  findings(event: string, payload: unknown): readonly Finding[];
  /** A payload of an event, in the shape seen in the field; null where its schema has none. */
  sample(event: string): Json;
  /** JSON Schema draft-07 of an event's payload, self-contained. */
  schema(event: string): Json;
  /** The kit's own path to an event: `/freshdesk/ticket-created`. */
  pathOf(event: string): string;
  /**
   * The event of a delivery: by the end of its path, whatever stands before it, else by what the payload says.
   *
   * @param path with or without a query
   */
  identify(path: string, payload: unknown): string | undefined;
  /**
   * What is equal for every retry of a delivery, where the documents name it.
   *
   * @param headers by lower-case name
   */
  deliveryKey(event: string, headers: ReadonlyMap<string, string>, payload: unknown): string | undefined;
  /** The payload that a body holds, or why it holds none. */
  decode(body: Uint8Array, contentType: string): Decoded;
  /** Whether a content type says that the body is a form, with brackets in its names. */
  isForm(contentType: string): boolean;
  /** Why a receiver answers 415 to a delivery of an event; undefined where it reads the body. */
  unsupported(event: string, contentType: string): string | undefined;
  sign(scheme: Scheme, body: Uint8Array, secret: string): Signed;
  readonly signatures: Signatures;
}

/** What the modules of a kit say together. */
export function liveKit(
  modules: Modules,
  { catalog, diagnostics }: Pick<LiveKit, 'catalog' | 'diagnostics'>,
): LiveKit {
  const { body, compiled, routes, routing, samples, signatures, standardSchema, testing, text, validators } =
    modules;
  const paths = routing.pathTable(routes, '/', {});
  const byPayload = new Map(
    routes.filter(({ discriminator }) => discriminator).map((each) => [each.name, each]),
  );
  const keyReaders = new Map<string, ReturnType<typeof routing.deliveryKeyReader>>(
    routes.map(({ name, deliveryKey }) => [name, routing.deliveryKeyReader(deliveryKey)]),
  );
  const byName = new Map<string, (typeof routes)[number]>(routes.map((each) => [each.name, each]));
  const mediaType = (contentType: string) => routing.mediaType(new Map([['content-type', contentType]]));
  const isForm = (contentType: string) => mediaType(contentType) === body.form;

  return {
    catalog,
    diagnostics,
    signatures,
    check: (event, payload) => own(validators, event)?.['~standard'].validate(payload).issues ?? [],
    findings(event, payload): readonly Finding[] {
      const validate = own(compiled, event);
      return validate === undefined || validate(payload) ? [] : (validate.errors ?? []);
    },
    sample: (event) => structuredClone(own(samples, event) ?? null),
    schema: (event) =>
      (own(validators, event)?.['~standard'].jsonSchema.input({ target: 'draft-07' }) ?? {}) as Json,
    pathOf: routing.ownPath,
    identify(path, payload) {
      for (const end of endsOf(path)) {
        const target = paths.get(end);
        if (target === undefined) continue;
        const identified = routing.identify(target, payload);
        return 'event' in identified ? identified.event.name : undefined;
      }
      // The path says nothing: a word that only one event has does.
      const named = [...byPayload.values()].filter(({ discriminator }) => {
        const { path: way, value } = discriminator ?? { path: [], value: '' };
        return standardSchema.ownValue(payload, way) === value;
      });
      return named.length === 1 ? named[0]?.name : undefined;
    },
    deliveryKey: (event, headers, payload) => keyReaders.get(event)?.(headers, payload),
    decode: (bytes, contentType) => body.decodeBody(bytes, isForm(contentType), text.charsetOf(contentType)),
    isForm,
    unsupported(event, contentType) {
      const route = byName.get(event);
      if (route !== undefined && !routing.takes(route, mediaType(contentType)))
        return 'unsupported media type';
      const charset = text.charsetOf(contentType);
      return charset === undefined || text.isKnownCharset(charset) ? undefined : 'unsupported charset';
    },
    sign: (scheme, bytes, secret) => testing.sign(scheme, bytes, secret),
  };
}

/** What a table has by a name, whatever the name is. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A path without its query, then what is left of it without its first segments. */
function* endsOf(path: string): Iterable<string> {
  let end = path.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  while (end !== '') {
    yield end;
    const slash = end.indexOf('/', 1);
    end = slash < 0 ? '' : end.slice(slash);
  }
}

import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { hasHidden } from '../diagnostics/printable.js';
import type { Channel } from '../model/channel.js';
import type { Document } from '../model/document.js';
import type { Json, JsonObject } from '../model/json.js';
import type { Authentication, Requirement, SignatureAlgorithm } from '../model/catalog.js';
import { isObject, resolve } from '../model/pointer.js';

/** What a channel's security requirements say of how its deliveries authenticate: each alternative once. */
export function authenticationOf({ document, node, messages }: Channel): readonly Requirement[] {
  return messages.flatMap(({ operation }) =>
    (operation?.security ?? []).map((schemes) => distinct(schemes.filter(isObject).map(readScheme))),
  );

  function readScheme(scheme: JsonObject): Authentication {
    const name = scheme['name'];
    const header = scheme['in'] === 'header' && typeof name === 'string' ? name : undefined;
    if (header !== undefined && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header)) {
      throw rejected(
        'header-name-invalid',
        'a security scheme names a header that cannot exist',
        scheme,
        'name',
      );
    }
    const signature = scheme['x-signature'];
    if (signature !== undefined) return readSignature(signature, header, scheme);
    const type = String(scheme['type']);
    const kind = type === 'http' ? String(scheme['scheme']).toLowerCase() : undefined;
    if (kind === 'basic' || kind === 'bearer') return { kind };
    if (type === 'httpApiKey' && header !== undefined) return { kind: 'header', header };
    if (type === 'httpApiKey' && scheme['in'] === 'query' && typeof name === 'string') {
      if (name !== '' && !hasHidden(name)) return { kind: 'query', parameter: name };
      throw rejected(
        'name-rejected',
        'a security scheme names a parameter that cannot be shown',
        scheme,
        'name',
      );
    }
    return { kind: 'other', type };
  }

  function readSignature(value: Json, header: string | undefined, scheme: JsonObject): Authentication {
    const { algorithm, encoding } = isObject(value) ? value : ({} as JsonObject);
    if (!isAlgorithm(algorithm)) {
      throw rejected(
        'event-extension-invalid',
        `x-signature.algorithm must be one of ${algorithms.join(', ')}`,
        scheme,
        'x-signature',
      );
    }
    if (encoding !== undefined && encoding !== 'hex' && encoding !== 'base64') {
      throw rejected(
        'event-extension-invalid',
        'x-signature.encoding must be hex or base64',
        scheme,
        'x-signature',
      );
    }
    return {
      kind: 'signature',
      algorithm,
      ...(header !== undefined && { header }),
      ...(encoding && { encoding }),
    };
  }

  function rejected(
    code: 'event-extension-invalid' | 'header-name-invalid' | 'name-rejected',
    message: string,
    scheme: JsonObject,
    key: string,
  ): Rejected {
    const written = writtenAs(scheme, document);
    const location = written ? document.sourceMap.of(written, key) : document.sourceMap.of(node);
    return new Rejected(diagnostic(code, message, location));
  }
}

/** Alternatives, or the ways of one, without those that are there already, in an order that no document chooses. */
export function distinct<Item>(items: readonly Item[]): readonly Item[] {
  const known = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** The parser hands schemes over as copies; the one that reads the same is where it was written. */
function writtenAs(scheme: JsonObject, { data }: Document): JsonObject | undefined {
  const components = resolve(data, data['components']);
  const schemes = isObject(components) ? components['securitySchemes'] : undefined;
  const text = JSON.stringify(scheme);
  return Object.values(isObject(schemes) ? schemes : {})
    .map((each) => resolve(data, each))
    .filter(isObject)
    .find((each) => JSON.stringify(each) === text);
}

const algorithms: readonly SignatureAlgorithm[] = ['hmac-sha256', 'rsa-sha256', 'standard-webhooks'];

function isAlgorithm(value: Json | undefined): value is SignatureAlgorithm {
  return (algorithms as readonly unknown[]).includes(value);
}

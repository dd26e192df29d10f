import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { Channel } from './channel.js';
import type { Document } from './document.js';
import type { Json, JsonObject } from './json.js';
import type { Authentication, SignatureAlgorithm } from './model.js';
import { isObject, resolve } from './pointer.js';

/** What a channel's security schemes say of how its deliveries authenticate; what a receiver cannot check is left out. */
export function authenticationOf({ document, node, messages }: Channel): readonly Authentication[] {
  return messages.flatMap(({ operation }) => (operation?.security ?? []).flatMap(readScheme));

  function readScheme(scheme: Json): readonly Authentication[] {
    if (!isObject(scheme)) return [];
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
    if (signature !== undefined) return [readSignature(signature, header, scheme)];
    if (scheme['type'] === 'http') {
      const kind = String(scheme['scheme']).toLowerCase();
      return kind === 'basic' || kind === 'bearer' ? [{ kind }] : [];
    }
    return scheme['type'] === 'httpApiKey' && header !== undefined ? [{ kind: 'header', header }] : [];
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
    code: 'event-extension-invalid' | 'header-name-invalid',
    message: string,
    scheme: JsonObject,
    key: string,
  ): Rejected {
    const written = writtenAs(scheme, document);
    const place = written ? document.places.of(written, key) : document.places.of(node);
    return new Rejected(diagnostic(code, message, place));
  }
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

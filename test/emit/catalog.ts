import { buildCatalog } from '../../src/catalog/catalog.js';
import type { Channel } from '../../src/model/channel.js';
import type { Document } from '../../src/model/document.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import type { Catalog } from '../../src/model/catalog.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';

/** A document that holds schemas and comes from no file. */
export function documentOf(schemas: JsonObject): Document {
  return {
    file: 'shop.yaml',
    name: 'shop.yaml',
    data: { info: { title: 'Shop' }, components: { schemas } },
    inputs: [],
    overlays: [],
    sourceMap: { of: () => undefined, ofKey: () => undefined },
    quoted: new Set(),
  };
}

/** A channel with one message, whose payload is given. */
export function channelOf(
  document: Document,
  key: string,
  payload: Json,
  more: Partial<Channel> = {},
): Channel {
  const node = { payload };
  const message = {
    key,
    definition: undefined,
    title: undefined,
    summary: undefined,
    description: undefined,
    contentType: undefined,
    node,
    operation: undefined,
  };
  return { document, key, address: key, node: {}, description: undefined, messages: [message], ...more };
}

/** The catalog of some schemas, an event for each. */
export function catalogOf(schemas: JsonObject): {
  readonly catalog: Catalog;
  readonly found: readonly Diagnostic[];
} {
  const document = documentOf(schemas);
  const found: Diagnostic[] = [];
  const channels = Object.keys(schemas).map((name) =>
    channelOf(document, name, {
      $ref: `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    }),
  );
  return { catalog: buildCatalog(channels, {}, (each) => found.push(each)), found };
}

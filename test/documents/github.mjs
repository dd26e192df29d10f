/**
 * GitHub's webhooks as one AsyncAPI document: the largest set of published webhook schemas with published deliveries.
 *
 *     node test/documents/github.mjs github.asyncapi.json
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { definitions, oneOf: families } = require('@octokit/webhooks-schemas');

/** What GitHub has sent, by the event of the document that it belongs to. */
export const deliveries = new Map(
  require('@octokit/webhooks-examples').map(({ name, examples }) => [`github/${name}`, examples]),
);

/** The document: a channel for every family of events, the schemas as they are published but for the place they are in. */
export function githubDocument() {
  return {
    asyncapi: '2.6.0',
    info: { title: 'GitHub', version: '1.0.0' },
    channels: Object.fromEntries(
      families.map(({ $ref }) => {
        const family = $ref.replace(/^.*\/|\$event$|_event$/g, '');
        const payload = moved({ $ref });
        return [`/github/${family}`, { publish: { message: { name: family, payload } } }];
      }),
    ),
    components: {
      schemas: Object.fromEntries(
        Object.entries(definitions).map(([name, schema]) => [componentName(name), moved(schema)]),
      ),
    },
  };
}

/** The name of a component has no `$`. */
function componentName(name) {
  return name.replaceAll('$', '.');
}

function moved(schema) {
  if (Array.isArray(schema)) return schema.map(moved);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? `#/components/schemas/${componentName(value.slice('#/definitions/'.length))}`
        : moved(value),
    ]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(process.argv[2] ?? 'github.asyncapi.json', JSON.stringify(githubDocument(), undefined, 2));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject } from '../../src/model/json.js';

/** One schema of the official JSON Schema test suite, with what it accepts and what it does not. */
export interface Group {
  /** `ref: root pointer ref`. */
  readonly name: string;
  /** A file name that is its own. */
  readonly file: string;
  readonly schema: Json;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

const beside = fileURLToPath(new URL('../../../shared/json-schema-test-suite', import.meta.url));
const folder = join(process.env['JSON_SCHEMA_TEST_SUITE'] ?? beside, 'tests/draft7');

/** Whether the suite is there. It is not part of this repository: https://github.com/json-schema-org/JSON-Schema-Test-Suite */
export const isPresent = existsSync(folder);

/** Every schema of draft-07, the optional ones among them. */
export function readGroups(): readonly Group[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  return files.sort().flatMap((file) => {
    const groups = JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly {
      readonly description: string;
      readonly schema: Json;
      readonly tests: Group['tests'];
    }[];
    const name = file.replace(/\.json$/, '').replaceAll('\\', '/');
    return groups.map(({ description, schema, tests }, index) => ({
      name: `${name}: ${description}`,
      file: `${name.replaceAll('/', '-')}-${index}.json`,
      schema,
      tests,
    }));
  });
}

/** A document with an event for every group, which is called after its file; the schemas are files beside it. */
export function documentOf(groups: readonly Group[]): JsonObject {
  return {
    asyncapi: '2.6.0',
    info: { title: 'Suite', version: '7.0.0' },
    channels: Object.fromEntries(
      groups.map(({ file, schema }) => [
        eventOf(file),
        { publish: { message: { payload: typeof schema === 'boolean' ? schema : { $ref: `./${file}` } } } },
      ]),
    ),
  };
}

export function eventOf(file: string): string {
  return file.replace(/\.json$/, '');
}

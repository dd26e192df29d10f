import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as events from '../../templates/events.js';
import type * as body from '../../templates/runtime/body.js';
import type * as routing from '../../templates/runtime/routing.js';
import type * as signatures from '../../templates/runtime/signatures.js';
import type * as standardSchema from '../../templates/runtime/standard-schema.js';
import type * as text from '../../templates/runtime/text.js';
import type * as testing from '../../templates/testing.js';
import type { Json } from '../model/json.js';

/** The modules of a kit, as far as they are called here. What the examples of the templates name is as the documents name it. */
export interface Modules {
  readonly body: typeof body;
  readonly compiled: Readonly<Record<string, standardSchema.Validate>>;
  readonly routes: typeof events.routes;
  readonly routing: typeof routing;
  readonly samples: Readonly<Record<string, Json>>;
  readonly signatures: typeof signatures;
  readonly standardSchema: typeof standardSchema;
  readonly testing: Pick<typeof testing, 'sign'>;
  readonly text: typeof text;
  readonly validators: Readonly<Record<string, standardSchema.StandardSchemaV1>>;
}

/**
 * Imports the modules of a kit that has been written to a folder as JavaScript.
 *
 * @param folder absolute
 */
export async function importModules(folder: string): Promise<Modules> {
  const module = (path: string): Promise<unknown> => import(pathToFileURL(join(folder, path)).href);
  const member = async (path: string, name: string) =>
    ((await module(path)) as Readonly<Record<string, unknown>>)[name];
  return {
    body: await module('runtime/body.js'),
    compiled: await member('validators/compiled.js', 'compiled'),
    routes: await member('events.js', 'routes'),
    routing: await module('runtime/routing.js'),
    samples: await member('samples.js', 'samples'),
    signatures: await module('runtime/signatures.js'),
    standardSchema: await module('runtime/standard-schema.js'),
    testing: await module('testing.js'),
    text: await module('runtime/text.js'),
    validators: await member('validators/index.js', 'validators'),
  } as Modules;
}

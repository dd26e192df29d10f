import type { Catalog } from '../model/catalog.js';
import { emitEvents } from './events.js';
import type { EmittedFile } from '../kit/file.js';
import { emitCollectedHandlers } from './collected-handlers.js';
import { header } from './header.js';
import { schemasByModule, type ModuleSchemas } from './json-schema.js';
import { emitPayloads } from './payloads.js';
import { emitRuntime, isPublic, type Asked } from './runtime.js';
import { emitSchemas } from './schemas.js';
import { documentNames } from './template.js';
import { emitTesting, isForTests } from './testing.js';
import { emitCompiled, emitValidatorIndex } from './validator-index.js';
import { emitValidators } from './validators.js';

export interface EmitOptions {
  /** What relative imports end in: `.js`, `.ts` or nothing. */
  readonly importExtension: string;
  /** The exported handler of each event; undefined where the user keeps their own. */
  readonly handlers?: ReadonlyMap<string, string> | undefined;
  /** Names of the adapters to emit. */
  readonly adapters: readonly string[];
  /** Names of the inbox engines to emit; none by default. */
  readonly inbox?: readonly string[] | undefined;
  /** Names of the clients of REST APIs to emit; none by default. */
  readonly clients?: readonly string[] | undefined;
}

/** Everything that is generated from a catalog. Same catalog and options, same files. */
export async function emit(
  catalog: Catalog,
  { importExtension, handlers, adapters, inbox = [], clients = [] }: EmitOptions,
): Promise<readonly EmittedFile[]> {
  const asked = { adapters, inbox, clients };
  const payloadModules = schemasByModule(catalog);
  const validators = emitValidators(catalog, payloadModules, importExtension);
  const files = [
    ...(await emitPayloads(catalog, importExtension)),
    ...emitSchemas(catalog, payloadModules),
    ...validators,
    emitCompiled(catalog, payloadModules, importExtension),
    emitValidatorIndex(catalog, payloadModules, importExtension),
    emitEvents(catalog, importExtension),
    ...emitRuntime(catalog, asked, importExtension, validators),
    ...emitTesting(catalog, clients, importExtension),
    ...(handlers ? [emitCollectedHandlers(catalog, handlers, importExtension)] : []),
  ];
  return [...files, emitIndex(files, catalog, payloadModules, asked, importExtension)].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

/** The public surface: all that is not a part of another module's workings, nor for tests alone. */
function emitIndex(
  files: readonly EmittedFile[],
  catalog: Catalog,
  payloadModules: readonly ModuleSchemas[],
  asked: Asked,
  extension: string,
): EmittedFile {
  const inner = new Set(
    ['compiled', ...payloadModules.map(({ module }) => module)].map((name) => `validators/${name}.ts`),
  );
  const modules = files
    .map(({ path }) => path)
    .filter((path) => isPublic(path, asked) || !(path.startsWith('runtime/') || inner.has(path)))
    .filter((path) => !isForTests(path))
    .map((path) => path.replace(/\.ts$/, ''))
    .sort();
  const lines = [
    ...modules.map((module) => `export * from './${module}${extension}';`),
    `export type { Issue, StandardSchemaV1 } from './runtime/standard-schema${extension}';`,
  ];
  return {
    path: 'index.ts',
    code: `${header(documentNames(catalog))}\n${lines.join('\n')}\n`,
    statements: [...modules.map((module) => `export ./${module}`), 'export ./runtime/standard-schema'],
  };
}

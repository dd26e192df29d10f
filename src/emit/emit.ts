import node from '../../templates/adapters/node.ts?raw';
import body from '../../templates/body.ts?raw';
import callbacks from '../../templates/callbacks.ts?raw';
import fields from '../../templates/fields.ts?raw';
import keys from '../../templates/keys.ts?raw';
import receiver from '../../templates/receiver.ts?raw';
import routing from '../../templates/routing.ts?raw';
import signatures from '../../templates/signatures.ts?raw';
import rules from '../../templates/validators/rules.ts?raw';
import runtime from '../../templates/validators/runtime.ts?raw';
import values from '../../templates/validators/values.ts?raw';
import type { Catalog } from '../catalog/model.js';
import { emitEvents } from './events.js';
import type { EmittedFile } from '../kit/file.js';
import { emitHandlers } from './handlers.js';
import { header } from './header.js';
import { emitPayloads } from './payloads.js';
import { documentNames, emitTemplate } from './template.js';
import { emitValidatorIndex } from './validator-index.js';
import { emitValidators, validatorHomes } from './validators.js';

export interface EmitOptions {
  /** What relative imports end in: `.js`, `.ts` or nothing. */
  readonly importExtension: string;
  /** The exported handler of each event; undefined where the user keeps their own. */
  readonly handlers?: ReadonlyMap<string, string> | undefined;
  /** Names of the adapters to emit. */
  readonly adapters: readonly string[];
}

/** Everything that is generated from a catalog. Same catalog and options, same files. */
export async function emit(
  catalog: Catalog,
  { importExtension, handlers, adapters }: EmitOptions,
): Promise<readonly EmittedFile[]> {
  const templates: readonly (readonly [string, string])[] = [
    ...Object.entries(adapterTemplates)
      .filter(([name]) => adapters.includes(name))
      .map(([name, text]) => [`adapters/${name}.ts`, text] as const),
    ['body.ts', body],
    ['callbacks.ts', callbacks],
    ...(hasOddFields(catalog) ? [['fields.ts', fields] as const] : []),
    ['keys.ts', keys],
    ['receiver.ts', receiver],
    ['routing.ts', routing],
    ['signatures.ts', signatures],
    ['validators/rules.ts', rules],
    ['validators/runtime.ts', runtime],
    ['validators/values.ts', values],
  ];
  const files = [
    ...(await emitPayloads(catalog, importExtension)),
    ...emitValidators(catalog, importExtension),
    emitValidatorIndex(catalog, importExtension),
    emitEvents(catalog, importExtension),
    ...templates.map(([path, text]) => emitTemplate(path, text, importExtension)),
    ...(handlers ? [emitHandlers(catalog, handlers, importExtension)] : []),
  ];
  return [...files, emitIndex(files, catalog, importExtension)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const adapterTemplates = { node };

/** The readers in fields.ts are for these products' fields. */
function hasOddFields({ products }: Catalog): boolean {
  return products.some(({ name }) => name === 'freshdesk' || name === 'freshservice');
}

/** The public surface: all that is not a part of another module's workings. */
function emitIndex(files: readonly EmittedFile[], catalog: Catalog, extension: string): EmittedFile {
  const inner = new Set([
    'body.ts',
    'callbacks.ts',
    'keys.ts',
    'routing.ts',
    'validators/rules.ts',
    'validators/runtime.ts',
    'validators/values.ts',
    ...validatorHomes(catalog).map((home) => `validators/${home}.ts`),
  ]);
  const modules = files
    .map(({ path }) => path)
    .filter((path) => !inner.has(path))
    .map((path) => path.replace(/\.ts$/, ''))
    .sort();
  const lines = [
    ...modules.map((module) => `export * from './${module}${extension}';`),
    `export type { Issue, StandardSchemaV1 } from './validators/runtime${extension}';`,
  ];
  return {
    path: 'index.ts',
    code: `${header(documentNames(catalog))}\n${lines.join('\n')}\n`,
    statements: [...modules.map((module) => `export ./${module}`), 'export ./validators/runtime'],
  };
}

import node from '../../templates/adapters/node.ts?raw';
import answers from '../../templates/answers.ts?raw';
import body from '../../templates/body.ts?raw';
import callbacks from '../../templates/callbacks.ts?raw';
import fields from '../../templates/fields.ts?raw';
import form from '../../templates/form.ts?raw';
import keys from '../../templates/keys.ts?raw';
import options from '../../templates/options.ts?raw';
import receiver from '../../templates/receiver.ts?raw';
import refusals from '../../templates/refusals.ts?raw';
import routing from '../../templates/routing.ts?raw';
import signatures from '../../templates/signatures.ts?raw';
import text from '../../templates/text.ts?raw';
import rules from '../../templates/validators/rules.ts?raw';
import runtime from '../../templates/validators/runtime.ts?raw';
import values from '../../templates/validators/values.ts?raw';
import type { Catalog } from '../model/catalog.js';
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
      .map(([name, code]) => [`adapters/${name}.ts`, code] as const),
    ['answers.ts', answers],
    ['body.ts', body],
    ['callbacks.ts', callbacks],
    ...(hasOddFields(catalog) ? [['fields.ts', fields] as const] : []),
    ['form.ts', form],
    ['keys.ts', keys],
    ['options.ts', options],
    ['receiver.ts', receiver],
    ['refusals.ts', refusals],
    ['routing.ts', routing],
    ['signatures.ts', signatures],
    ['text.ts', text],
    ['validators/rules.ts', rules],
    ['validators/runtime.ts', runtime],
    ['validators/values.ts', values],
  ];
  const files = [
    ...(await emitPayloads(catalog, importExtension)),
    ...emitValidators(catalog, importExtension),
    emitValidatorIndex(catalog, importExtension),
    emitEvents(catalog, importExtension),
    ...templates.map(([path, code]) => emitTemplate(path, code, importExtension)),
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
    'answers.ts',
    'body.ts',
    'callbacks.ts',
    'form.ts',
    'keys.ts',
    'options.ts',
    'refusals.ts',
    'routing.ts',
    'text.ts',
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

import node from '../../templates/runtime/adapters/node.ts?raw';
import answers from '../../templates/runtime/answers.ts?raw';
import body from '../../templates/runtime/body.ts?raw';
import callbacks from '../../templates/runtime/callbacks.ts?raw';
import fields from '../../templates/runtime/fields.ts?raw';
import entries from '../../templates/runtime/entries.ts?raw';
import formats from '../../templates/runtime/formats.ts?raw';
import form from '../../templates/runtime/form.ts?raw';
import jsonSchema from '../../templates/runtime/json-schema.ts?raw';
import keys from '../../templates/runtime/keys.ts?raw';
import options from '../../templates/runtime/options.ts?raw';
import patterns from '../../templates/runtime/patterns.ts?raw';
import receiver from '../../templates/runtime/receiver.ts?raw';
import refusals from '../../templates/runtime/refusals.ts?raw';
import routing from '../../templates/runtime/routing.ts?raw';
import signatures from '../../templates/runtime/signatures.ts?raw';
import text from '../../templates/runtime/text.ts?raw';
import standardSchema from '../../templates/runtime/standard-schema.ts?raw';
import validation from '../../templates/runtime/validation.ts?raw';
import values from '../../templates/runtime/values.ts?raw';
import type { Catalog } from '../model/catalog.js';
import type { EmittedFile } from '../kit/file.js';
import { emitTemplate } from './template.js';

/**
 * The modules of the kit that hold no word of a document: `runtime/`.
 *
 * @param validators what calls some of them
 */
export function emitRuntime(
  catalog: Catalog,
  adapters: readonly string[],
  extension: string,
  validators: readonly EmittedFile[],
): readonly EmittedFile[] {
  const modules: readonly (readonly [name: string, code: string])[] = [
    ...Object.entries(adapterTemplates)
      .filter(([name]) => adapters.includes(name))
      .map(([name, code]) => [`adapters/${name}`, code] as const),
    ...(hasOddFields(catalog) ? [['fields', fields] as const] : []),
    ...(calls(validators, 'patterns') ? [['patterns', patterns] as const] : []),
    ...Object.entries(always),
  ];
  return modules.map(([name, code]) => emitTemplate(`runtime/${name}.ts`, code, extension));
}

/** Whether a module is for users: others are parts of its workings. */
export function isPublic(path: string): boolean {
  return [
    'receiver',
    'signatures',
    'fields',
    ...Object.keys(adapterTemplates).map((name) => `adapters/${name}`),
  ]
    .map((name) => `runtime/${name}.ts`)
    .includes(path);
}

const adapterTemplates = { node };

const always = {
  answers,
  body,
  callbacks,
  entries,
  form,
  formats,
  'json-schema': jsonSchema,
  keys,
  options,
  receiver,
  refusals,
  routing,
  signatures,
  'standard-schema': standardSchema,
  text,
  validation,
  values,
};

/** The readers in fields.ts are for these products' fields. */
function hasOddFields({ products }: Catalog): boolean {
  return products.some(({ name }) => name === 'freshdesk' || name === 'freshservice');
}

function calls(validators: readonly EmittedFile[], module: string): boolean {
  return validators.some(({ statements }) => statements.includes(`import ../runtime/${module}`));
}

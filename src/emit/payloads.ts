import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { Catalog, PayloadType, Schema, SchemaObject } from '../model/catalog.js';
import { code, identifier, unmapped, type Code } from '../typescript/code.js';
import { descriptionLines, descriptionOf } from '../typescript/description.js';
import { conditional, expression, indexSignatures, membersOf, objectType } from '../typescript/expression.js';
import type { EmittedFile } from '../kit/file.js';
import { documentsOf, header } from './header.js';
import { inside, scopeOf, type Scope } from '../typescript/scope.js';

/** One file of payload types per product, and one for what several products use. */
export async function emitPayloads(catalog: Catalog, extension: string): Promise<readonly EmittedFile[]> {
  const payloadModules = [...new Set(catalog.types.map(({ module }) => module))].sort();
  const scope = scopeOf(new Map(catalog.types.map((type) => [type.name, type])));
  return Promise.all(payloadModules.map((module) => emitModule(module, catalog, extension, scope)));
}

/** The path of a module's types, as the modules of the kit import it. */
export function payloadModule(module: string, extension: string): `./payloads/${string}` {
  return `./payloads/${module}${extension}`;
}

async function emitModule(
  module: string,
  catalog: Catalog,
  extension: string,
  scope: Scope,
): Promise<EmittedFile> {
  const own = catalog.types.filter((type) => type.module === module);
  const declarations: Declaration[] = [];
  for (const type of own) declarations.push(await declaration(type, scope));
  const borrowed = borrowedBy(declarations, own);
  const imports =
    borrowed.length === 0 ? '' : `import type { ${borrowed.join(', ')} } from './shared${extension}';\n\n`;
  return {
    path: `payloads/${module}.ts`,
    code: `${header(documentsOf(catalog, module))}\n${imports}${declarations.map(({ text }) => text).join('\n')}`,
    statements: [
      ...(borrowed.length > 0 ? ['import ./shared'] : []),
      ...own.map(({ name, schema }) => `export ${isInterface(schema, scope) ? 'interface' : 'type'} ${name}`),
    ],
  };
}

/** What is written of a type, and the types that it names. */
type Declaration = Pick<Code, 'text' | 'types'>;

/** The types of another file that declarations name. Not all that a schema refers to is in its type. */
function borrowedBy(declarations: readonly Declaration[], own: readonly PayloadType[]): readonly string[] {
  const names = new Set(own.map(({ name }) => name));
  return [...new Set(declarations.flatMap(({ types }) => types))].filter((name) => !names.has(name)).sort();
}

/** An interface comes from json-schema-to-typescript; any other type is an alias of its expression. */
async function declaration({ name, schema }: PayloadType, scope: Scope): Promise<Declaration> {
  const text = descriptionOf(schema, name);
  if (!isInterface(schema, scope))
    return code`${text}export type ${identifier(name)} = ${expression(schema, scope)};\n`;
  const whole = code`${text}export interface ${identifier(name)} ${objectType(schema, scope)}\n`;
  // json-schema-to-typescript calls the method of that name, and finds the member.
  if (membersOf(schema).some(([key]) => key === 'hasOwnProperty')) return whole;
  const printed = unmapped(shortComments(await compile(allowed(schema, name, scope), placeholder, printing)));
  // It makes identifiers of ASCII alone.
  const named = printed.replace(opening, () => `export interface ${identifier(name).text} {`);
  return { text: withIndex(named, indexSignatures(schema, scope)), types: whole.types };
}

const placeholder = 'Printed';
const opening = new RegExp(`^export interface ${placeholder} \\{`, 'm');

const printing = {
  additionalProperties: false,
  bannerComment: '',
  format: false,
  ignoreMinAndMaxItems: true,
};

/** Whether a schema is an object by its members alone: the form that an interface can say. */
function isInterface(schema: Schema, scope: Scope): schema is SchemaObject {
  return (
    typeof schema === 'object' &&
    schema.type === 'object' &&
    !otherForms.some((key) => Object.hasOwn(schema, key)) &&
    membersOf(schema).length + indexSignatures(schema).length > 0 &&
    conditional(schema, inside(scope, schema, ['object'])).text.text === 'unknown'
  );
}

const otherForms = ['$ref', 'allOf', 'anyOf', 'oneOf', 'const', 'enum'] as const;

/** The copy that json-schema-to-typescript gets: nothing of the document but names, simple types and harmless comments. */
function allowed(schema: SchemaObject, name: string, scope: Scope): JSONSchema {
  return {
    title: placeholder,
    type: 'object',
    additionalProperties: false,
    required: [...(schema.required ?? [])],
    ...described(schema, name),
    properties: Object.fromEntries(
      membersOf(schema).map(([key, property]) => [key, member(property, key, scope)]),
    ),
  };
}

function member(schema: Schema, name: string, scope: Scope): JSONSchema {
  const { type } = typeof schema === 'object' ? schema : {};
  const types = typeof type === 'string' ? [type] : (type ?? []);
  const simple =
    typeof schema === 'object' &&
    types.length > 0 &&
    types.every((each) => primitives.has(each)) &&
    !schema.open &&
    !otherForms.some((key) => Object.hasOwn(schema, key));
  const form: JSONSchema = simple
    ? { type: [...types] as ('string' | 'null')[] }
    : { tsType: expression(schema, scope).text };
  return typeof schema === 'object' ? { ...form, ...described(schema, name) } : form;
}

const primitives: ReadonlySet<string> = new Set(['boolean', 'integer', 'null', 'number', 'string']);

function described(schema: SchemaObject, name: string): JSONSchema {
  const lines = descriptionLines(schema, name);
  return lines.length > 0 ? { description: lines.join('\n') } : {};
}

/** Puts a comment of one line on one line, so that a member is two lines of a diff. Comments alone can hold line ends. */
function shortComments(text: string): string {
  return text.replace(/\/\*\*\n\s*\* ([^\n]*)\n\s*\*\//g, '/** $1 */');
}

function withIndex(text: string, signatures: readonly Code[]): string {
  if (signatures.length === 0) return text;
  return text.replace(/\}\s*$/, () => `${signatures.map((signature) => signature.text).join('\n')}\n}\n`);
}

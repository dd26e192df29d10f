import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { Catalog, PayloadType, Schema, SchemaObject } from '../catalog/model.js';
import { code, comment, commentLines, identifier, unmapped, type Code } from './code.js';
import { expression, indexSignatures, membersOf, objectType } from './expression.js';
import type { EmittedFile } from '../kit/file.js';
import { documentsOf, header } from './header.js';
import { references } from './references.js';

/** One file of payload types per product, and one for what several products use. */
export async function emitPayloads(catalog: Catalog, extension: string): Promise<readonly EmittedFile[]> {
  const homes = [...new Set(catalog.types.map(({ home }) => home))].sort();
  return Promise.all(homes.map((home) => emitHome(home, catalog, extension)));
}

/** The path of a home's types, as the modules of the kit import it. */
export function payloadModule(home: string, extension: string): `./payloads/${string}` {
  return `./payloads/${home}${extension}`;
}

async function emitHome(home: string, catalog: Catalog, extension: string): Promise<EmittedFile> {
  const own = catalog.types.filter((type) => type.home === home);
  const foreign = new Map(
    catalog.types.filter((type) => type.home !== home).map((type) => [type.name, type.home]),
  );
  const borrowed = [...new Set(own.flatMap(({ schema }) => references(schema)))]
    .filter((name) => foreign.has(name))
    .sort();
  const imports =
    borrowed.length === 0 ? '' : `import type { ${borrowed.join(', ')} } from './shared${extension}';\n\n`;
  const declarations: string[] = [];
  for (const type of own) declarations.push(await declaration(type));
  return {
    path: `payloads/${home}.ts`,
    code: `${header(documentsOf(catalog, home))}\n${imports}${declarations.join('\n')}`,
    statements: [
      ...(borrowed.length > 0 ? ['import ./shared'] : []),
      ...own.map(({ name, schema }) => `export ${isInterface(schema) ? 'interface' : 'type'} ${name}`),
    ],
  };
}

/** An interface comes from json-schema-to-typescript; any other type is an alias of its expression. */
async function declaration({ name, schema }: PayloadType): Promise<string> {
  if (typeof schema === 'boolean' || !isInterface(schema)) {
    const text = typeof schema === 'boolean' ? code`` : comment(schema.description);
    return code`${text}export type ${identifier(name)} = ${expression(schema)};\n`.text;
  }
  if (membersOf(schema).some(([key]) => key === 'hasOwnProperty')) {
    // json-schema-to-typescript calls the method of that name, and finds the member.
    return code`${comment(schema.description)}export interface ${identifier(name)} ${objectType(schema)}\n`
      .text;
  }
  const printed = await compile(allowed(schema, name), name, printing);
  return withIndex(unmapped(shortComments(printed)), indexSignatures(schema));
}

const printing = {
  additionalProperties: false,
  bannerComment: '',
  format: false,
  ignoreMinAndMaxItems: true,
};

/** Whether a schema is an object by its members alone: the form that an interface can say. */
function isInterface(schema: Schema): boolean {
  return (
    typeof schema === 'object' &&
    schema.type === 'object' &&
    !otherForms.some((key) => Object.hasOwn(schema, key))
  );
}

const otherForms = ['$ref', 'allOf', 'anyOf', 'oneOf', 'const', 'enum'] as const;

/** The copy that json-schema-to-typescript gets: nothing of the document but names, simple types and harmless comments. */
function allowed(schema: SchemaObject, name: string): JSONSchema {
  return {
    title: name,
    type: 'object',
    additionalProperties: false,
    required: [...(schema.required ?? [])],
    ...described(schema),
    properties: Object.fromEntries(membersOf(schema).map(([key, property]) => [key, member(property)])),
  };
}

function member(schema: Schema): JSONSchema {
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
    : { tsType: expression(schema).text };
  return typeof schema === 'object' ? { ...form, ...described(schema) } : form;
}

const primitives: ReadonlySet<string> = new Set(['boolean', 'integer', 'null', 'number', 'string']);

function described({ description, deprecated }: SchemaObject): JSONSchema {
  const lines = commentLines(description);
  return {
    ...(lines.length > 0 && { description: lines.join('\n') }),
    ...(deprecated && { deprecated: true }),
  };
}

/** Puts a comment of one line on one line, so that a member is two lines of a diff. Comments alone can hold line ends. */
function shortComments(text: string): string {
  return text.replace(/\/\*\*\n\s*\* ([^\n]*)\n\s*\*\//g, '/** $1 */');
}

function withIndex(text: string, signatures: readonly Code[]): string {
  if (signatures.length === 0) return text;
  return text.replace(/\}\s*$/, () => `${signatures.map((signature) => signature.text).join('\n')}\n}\n`);
}

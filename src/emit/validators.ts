import { printable } from '../diagnostics/printable.js';
import type { Catalog, PayloadType } from '../model/catalog.js';
import type { EmittedFile } from '../kit/file.js';
import { code, identifier, unmapped } from '../typescript/code.js';
import { documentsOf, header } from './header.js';
import { definitions } from './json-schema.js';
import { compile } from './validation/compile.js';
import { inlineLeaves } from './validation/inline.js';
import { kitModules } from './validation/keywords/kit.js';

/** A module of ajv's code per home of payload types. It runs without ajv. */
export function emitValidators(catalog: Catalog, extension: string): readonly EmittedFile[] {
  const types = new Map(catalog.types.map((type) => [type.name, type]));
  return validatorHomes(catalog).map((home) => emitHome(home, catalog, types, extension));
}

/** The homes that have a payload to validate. */
export function validatorHomes({ types }: Catalog): readonly string[] {
  return [...new Set(types.filter(({ root }) => root).map(({ home }) => home))].sort();
}

/** `validateFreshdeskTicketPayload` for `FreshdeskTicketPayload`. */
export function validatorName(type: string): string {
  return `validate${type}`;
}

function emitHome(
  home: string,
  catalog: Catalog,
  types: ReadonlyMap<string, PayloadType>,
  extension: string,
): EmittedFile {
  const roots = catalog.types.filter((type) => type.root && type.home === home).map(({ name }) => name);
  const { functions, statements, isRemembering } = compile(inlineLeaves(definitions(roots, types), roots));
  const validators = roots.map((root): [string, string] => {
    const validate = identifier(functions.get(root) ?? '');
    const value = isRemembering ? code`/* @__PURE__ */ remembering(${validate})` : validate;
    const name = validatorName(root);
    return [`export const ${name}`, code`export const ${identifier(name)}: Validate = ${value};`.text];
  });
  const body = [...statements.map(([name, text]): [string, string] => [name, visible(text)]), ...validators];
  const imports = importsOf(body.map(([, text]) => text).join('\n'), extension);
  return {
    path: `validators/${home}.ts`,
    code: `${header(documentsOf(catalog, home), { unchecked: true })}\n${[...imports, ...body]
      // Nobody reads it, and laying it out would take most of a run.
      .map(([, text]) => `// prettier-ignore\n${text.trim()}\n`)
      .join('')}`,
    statements: [...imports, ...body].map(([name]) => name),
    verbatim: true,
  };
}

/** Imports of the functions of the kit that some code names: no name in ajv's code or in a document's text is one by chance and not one. */
function importsOf(text: string, extension: string): readonly (readonly [string, string])[] {
  const words = new Set(text.match(/\w+/g));
  const used = Object.entries(kitModules).map(
    ([module, names]) => [module, names.filter((name) => words.has(name))] as const,
  );
  return [
    [
      'import ../runtime/standard-schema',
      `import type { Validate } from '../runtime/standard-schema${extension}';`,
    ],
    ...used
      .filter(([, names]) => names.length > 0)
      .map(([module, names]): [string, string] => [
        `import ../runtime/${module}`,
        `import { ${names.join(', ')} } from '../runtime/${module}${extension}';`,
      ]),
  ];
}

/** Hidden characters can only stand in string literals here, where an escape means the same. */
function visible(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  return unmapped(lines.map(printable).join('\n'));
}

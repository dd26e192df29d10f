import { hasHidden, printable } from '../diagnostics/printable.js';
import type { Catalog } from '../model/catalog.js';
import type { EmittedFile } from '../kit/file.js';
import { code, identifier, unmapped } from '../typescript/code.js';
import { documentsOf, header } from './header.js';
import type { ModuleSchemas } from './json-schema.js';
import { compile } from './validation/compile.js';
import { inlineLeaves } from './validation/inline.js';
import { kitModules, type KitFunction } from './validation/keywords/kit.js';

/** A module of ajv's code per module of payload types. It runs without ajv. */
export function emitValidators(
  catalog: Catalog,
  payloadModules: readonly ModuleSchemas[],
  extension: string,
): readonly EmittedFile[] {
  return payloadModules.map((module) => emitModule(module, catalog, extension));
}

/** `validateFreshdeskTicketPayload` for `FreshdeskTicketPayload`. */
export function validatorName(type: string): string {
  return `validate${type}`;
}

function emitModule(
  { module, roots, definitions }: ModuleSchemas,
  catalog: Catalog,
  extension: string,
): EmittedFile {
  const compiled = compile(inlineLeaves(definitions, roots));
  const { functions, statements, isRemembering } = compiled;
  const validators = roots.map((root): [string, string] => {
    const validate = identifier(functions.get(root) ?? '');
    const value = isRemembering ? code`/* @__PURE__ */ remembering(${validate})` : validate;
    const name = validatorName(root);
    return [`export const ${name}`, code`export const ${identifier(name)}: Validate = ${value};`.text];
  });
  const body = [...statements.map(([name, text]): [string, string] => [name, visible(text)]), ...validators];
  const uses = new Set([...compiled.uses, ...(isRemembering ? (['remembering'] as const) : [])]);
  const imports = importsOf(uses, extension);
  return {
    path: `validators/${module}.ts`,
    code: `${header(documentsOf(catalog, module), { unchecked: true })}\n${[...imports, ...body]
      // Nobody reads it, and laying it out would take most of a run.
      .map(([, text]) => `// prettier-ignore\n${text.trim()}\n`)
      .join('')}`,
    statements: [...imports, ...body].map(([name]) => name),
    verbatim: true,
  };
}

function importsOf(
  uses: ReadonlySet<KitFunction>,
  extension: string,
): readonly (readonly [string, string])[] {
  const used = [...kitModules].map(
    ([module, names]) => [module, names.filter((name) => uses.has(name))] as const,
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
  const lines = text.trim().replace(/\n{2,}/g, '\n');
  const isVisible = !hasHidden(lines) && !/[\t\r]/.test(lines);
  return unmapped(isVisible ? lines : lines.split('\n').map(printable).join('\n'));
}

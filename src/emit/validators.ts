import { _, Ajv, Name, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import { strConcat } from 'ajv/dist/compile/codegen/code.js';
import standalone from 'ajv/dist/standalone/index.js';
import type { Catalog, PayloadType, Schema } from '../model/catalog.js';
import type { EmittedFile } from '../kit/file.js';
import { code, identifier } from '../typescript/code.js';
import { formatFunctions } from './formats.js';
import { documentsOf, header } from './header.js';
import { definitions } from './json-schema.js';
import { ruleKeyword, ruleName, rulesOf } from './rules.js';
import { trim, type Trimmed } from './trim.js';

/**
 * A module per home of payload types: the rules of its types as tables, and ajv's standalone code for what no table says. No
 * ajv at run time, nothing in it that only describes.
 */
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
  const rules = rulesOf(definitions(roots, types));
  const parts = rules.parts.size > 0 ? trim(compile(rules.parts)) : none;
  const called = [...new Set([...rules.imports, ...parts.imports])].sort();
  const ofRules = ['check', 'rule', 'validator'].filter((name) => name !== 'check' || called.includes(name));
  const ofRuntime = ['type Validate', ...called.filter((name) => name !== 'check')];
  const validators = roots.map(
    (root) =>
      code`export const ${identifier(validatorName(root))}: Validate = /* @__PURE__ */ validator(${identifier(ruleName(root))});`,
  );
  const texts = [
    `import { ${ofRules.join(', ')} } from './rules${extension}';`,
    `import { ${ofRuntime.join(', ')} } from './runtime${extension}';`,
    ...[...parts.functions].map(([part, validate]) => `const ${part} = ${validate};`),
    ...rules.statements.map(([, { text }]) => text),
    ...validators.map(({ text }) => text),
    ...parts.texts,
  ];
  // Nobody reads it, and laying it out would take most of a run.
  const body = texts.map((text) => `// prettier-ignore\n${text}\n`).join('');
  return {
    path: `validators/${home}.ts`,
    code: `${header(documentsOf(catalog, home), { unchecked: true })}\n${body}`,
    statements: [
      'import ./rules',
      'import ./runtime',
      ...[...parts.functions.keys()].map((part) => `const ${part}`),
      ...rules.statements.map(([name]) => `const ${name}`),
      ...roots.map((root) => `export const ${validatorName(root)}`),
      ...parts.statements,
    ],
    verbatim: true,
  };
}

const none: Trimmed = { functions: new Map(), texts: [], imports: [], statements: [] };

function compile(parts: ReadonlyMap<string, Schema>): string {
  const ajv = new Ajv({
    code: { source: true, esm: true, lines: true, formats: _`formats` },
    formats: Object.fromEntries([...formatFunctions.keys()].map((name) => [name, () => true])),
    strict: false, // schemas have been checked as they were read
    validateSchema: false,
    meta: false,
    addUsedSchema: false,
    allErrors: true,
    ownProperties: true, // `required: [constructor]` is not satisfied by what every object inherits
    logger: false, // on failure it would print whole functions
  });
  ajv.addKeyword(byRule);
  ajv.addSchema({ $id: 'kit', definitions: Object.fromEntries(parts) });
  return standalone.default(
    ajv,
    Object.fromEntries([...parts.keys()].map((name) => [name, `kit#/definitions/${name}`])),
  );
}

/** Where a rule says what a value may be, ajv's code asks the rule. */
const byRule: CodeKeywordDefinition = {
  keyword: ruleKeyword,
  schemaType: 'string',
  code({ gen, data, schema, it }: KeywordCxt) {
    const [instancePath, vErrors, errors] = ['instancePath', 'vErrors', 'errors'].map(
      (name) => new Name(name),
    );
    const path = strConcat(instancePath as Name, it.errorPath);
    const rule = new Name(schema as string);
    gen.assign(vErrors as Name, _`check(${rule}, ${data}, ${path}, ${vErrors as Name})`);
    gen.assign(errors as Name, _`${vErrors as Name} === null ? 0 : ${vErrors as Name}.length`);
  },
};

import { Ajv, type CodeKeywordDefinition } from 'ajv';
import type { ScopeValueSets } from 'ajv/dist/compile/codegen/index.js';
import type { AnyValidateFunction, SourceCode } from 'ajv/dist/types/index.js';
import type { Schema } from '../../model/catalog.js';
import { branches } from './branching.js';
import { inputOf } from './input.js';
import { applicators } from './keywords/applicators.js';
import { referenceKeywords } from './keywords/references.js';
import { valueKeywords } from './keywords/values.js';

/** The functions that ajv writes for some schemas. */
export interface Compiled {
  /** The name of each schema's function, by the schema's name. */
  readonly functions: ReadonlyMap<string, string>;
  /** Top-level statements in order, by the names they declare: constants before the functions that use them. */
  readonly statements: readonly (readonly [declaration: string, code: string])[];
  /** Whether a validation remembers what it finds, and has to forget it in the end. */
  readonly isRemembering: boolean;
}

/** Compiles schemas that refer to each other by name. */
export function compile(definitions: ReadonlyMap<string, Schema>): Compiled {
  // Document names stay out of ajv: it would read them as addresses.
  const keys = new Map([...definitions.keys()].map((name, index) => [name, `d${index}`]));
  const keyOf = (name: string) => keys.get(name) ?? '';
  const target = (name: string) => definitions.get(name);
  const inputs = [...definitions].map(
    ([name, schema]) => [keyOf(name), inputOf(schema, target, keyOf)] as const,
  );
  const isBranching = inputs.some(([, input]) => branches(input));
  const ajv = ajvFor(isBranching);
  for (const [key, input] of inputs) ajv.addSchema(input, key);
  const sources = new Map([...keys].map(([name, key]) => [name, sourceOf(ajv.getSchema(key))]));
  return {
    functions: new Map([...sources].map(([name, { validateName }]) => [name, validateName.str])),
    statements: [...constants(sources.values()), ...functions(sources.values())],
    isRemembering:
      isBranching || [...sources.values()].some(({ validateCode }) => validateCode.includes('hasEqual(')),
  };
}

function ajvFor(isBranching: boolean): Ajv {
  const ajv = new Ajv({
    code: { source: true, esm: true, lines: true },
    strict: false, // schemas have been checked as they were read
    validateSchema: false,
    meta: false,
    addUsedSchema: false,
    allErrors: true,
    messages: false, // the kit has the words, once for all validators
    inlineRefs: false,
    ownProperties: true, // `required: [constructor]` is not satisfied by what every object inherits
    logger: false, // on failure it would print whole functions
  });
  for (const own of [...valueKeywords, ...applicators, ...referenceKeywords(isBranching)]) replace(ajv, own);
  return ajv;
}

function replace(ajv: Ajv, definition: CodeKeywordDefinition): void {
  ajv.removeKeyword(definition.keyword as string);
  ajv.addKeyword(definition);
}

function sourceOf(validate: AnyValidateFunction | undefined): SourceCode {
  if (validate?.source === undefined) throw new Error('ajv compiled a schema and left no source');
  return validate.source;
}

/** What functions share: `const pattern0 = …`. Schemas are left out: nothing reads one. */
function constants(sources: Iterable<SourceCode>): readonly (readonly [string, string])[] {
  const found = new Map<string, string>();
  for (const { scopeValues } of sources)
    for (const names of Object.values(scopeValues as ScopeValueSets))
      for (const name of names ?? []) {
        const { prefix, value } = name;
        if (prefix === 'schema' || prefix === 'validate' || value?.code === undefined) continue;
        // A bundler may drop it where no function that is used needs it.
        const pure = prefix === 'func' ? '' : '/* @__PURE__ */ ';
        found.set(`const ${name.str}`, `const ${name.str} = ${pure}${value.code.toString()};`);
      }
  return [...found];
}

/** Schemas that are the same, such as `true`, share a function. */
function functions(sources: Iterable<SourceCode>): readonly (readonly [string, string])[] {
  return [
    ...new Map(
      Array.from(sources, ({ validateName, validateCode }) => [`function ${validateName.str}`, validateCode]),
    ),
  ];
}

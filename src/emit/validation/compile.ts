import { Ajv, type CodeKeywordDefinition } from 'ajv';
import type { ScopeValueSets } from 'ajv/dist/compile/codegen/index.js';
import type { AnyValidateFunction, SourceCode } from 'ajv/dist/types/index.js';
import type { Schema } from '../../model/catalog.js';
import { references } from '../../model/subschemas.js';
import { branches } from './branching.js';
import { inputOf, type Input } from './input.js';
import { applicators } from './keywords/applicators.js';
import { isKitFunction, type KitFunction } from './keywords/kit.js';
import { referenceKeywords } from './keywords/references.js';
import { valueKeywords } from './keywords/values.js';

/** The functions that ajv writes for some schemas. */
export interface Compiled {
  /** The name of each schema's function, by the schema's name. */
  readonly functions: ReadonlyMap<string, string>;
  /** Top-level statements in order, by the names they declare: constants before the functions that use them. */
  readonly statements: readonly (readonly [declaration: string, code: string])[];
  /** The functions of the kit that the statements call. */
  readonly uses: ReadonlySet<KitFunction>;
  /** Whether a validation remembers what it finds, and has to forget it in the end. */
  readonly isRemembering: boolean;
}

/** Compiles schemas that refer to each other by name. */
export function compile(definitions: ReadonlyMap<string, Schema>): Compiled {
  // Document names stay out of ajv: it would read them as addresses.
  const keys = new Map([...definitions.keys()].map((name, index) => [name, `definition${index}`]));
  const keyOf = (name: string) => keys.get(name) ?? '';
  const target = (name: string) => definitions.get(name);
  const inputs = [...definitions].map(
    ([name, schema]) => [keyOf(name), inputOf(schema, target, keyOf)] as const,
  );
  const isBranching = inputs.some(([, input]) => branches(input));
  const ajv = ajvFor(isBranching);
  // ajv writes one function for what is one object: of many events that carry the same, say.
  const alike = new Map<string, Input>();
  for (const [key, input] of inputs) {
    const text = JSON.stringify(input);
    if (!alike.has(text)) alike.set(text, input);
    ajv.addSchema(alike.get(text) ?? input, key);
  }
  const sources = new Map([...keys].map(([name, key]) => [name, sourceOf(ajv.getSchema(key))]));
  const functions = new Map([...sources].map(([name, { validateName }]) => [name, validateName.str]));
  const referred = new Set([...definitions.values()].flatMap(references));
  const names = [...referred].map((name): [string, string] => [
    `const ${keyOf(name)}`,
    `const ${keyOf(name)} = ${functions.get(name) ?? ''};`,
  ]);
  const { constants, uses } = outside(sources.values());
  return {
    functions,
    statements: [...constants, ...functionsOf(sources.values()), ...names],
    uses,
    isRemembering: isBranching || uses.has('hasEqual'),
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
    ownProperties: true, // `dependencies` of `constructor` ask for nothing where every object inherits one
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

/** What functions use from outside: constants, `const pattern0 = …`, and functions of the kit. Nothing reads a schema. */
function outside(sources: Iterable<SourceCode>): Pick<Compiled, 'uses'> & {
  readonly constants: Compiled['statements'];
} {
  const constants = new Map<string, string>();
  const uses = new Set<KitFunction>();
  for (const { scopeValues } of sources)
    for (const names of Object.values(scopeValues as ScopeValueSets))
      for (const { str: name, prefix, value } of names ?? []) {
        const { ref, code } = value ?? {};
        if (isKitFunction(ref)) uses.add(ref);
        else if (prefix !== 'schema' && code !== undefined) {
          // A bundler may drop it where no function that is used needs it.
          const pure = prefix === 'func' ? '' : '/* @__PURE__ */ ';
          constants.set(`const ${name}`, `const ${name} = ${pure}${code.toString()};`);
        }
      }
  return { constants: [...constants], uses };
}

/** Schemas that are alike share a function. */
function functionsOf(sources: Iterable<SourceCode>): Compiled['statements'] {
  return [
    ...new Map(
      Array.from(sources, ({ validateName, validateCode }) => [`function ${validateName.str}`, validateCode]),
    ),
  ];
}

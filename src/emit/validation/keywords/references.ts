import { _, type CodeKeywordDefinition, type KeywordCxt, type Name, type SchemaCxt } from 'ajv';
import { strConcat } from 'ajv/dist/compile/codegen/code.js';
import { resolveRef, SchemaEnv } from 'ajv/dist/compile/index.js';
import { isOwnProperty } from 'ajv/dist/vocabularies/code.js';
import type { Branches, Input } from '../input.js';
import { count, findings, inner, instancePath, kitFunction, report } from './kit.js';

/**
 * The keywords that lead to other schemas.
 *
 * @param isBranching whether a value may be looked at more than once: then what was found of it is looked up
 */
export function referenceKeywords(isBranching: boolean): readonly CodeKeywordDefinition[] {
  return [
    {
      // ajv's own joins two lists anew for every item, which takes the square of them.
      keyword: '$ref',
      schemaType: 'string',
      code({ gen, data, schema, it }: KeywordCxt) {
        const call = kitFunction(isBranching ? 'callOnce' : 'call');
        const path = strConcat(instancePath, it.errorPath);
        gen.assign(findings, _`${call}(${validatorOf(it, schema as string)}, ${data}, ${path}, ${findings})`);
        gen.assign(count, _`${findings} === null ? 0 : ${findings}.length`);
      },
    },
    {
      keyword: 'orNull',
      schemaType: ['object', 'boolean'],
      code(cxt: KeywordCxt) {
        const { gen, data } = cxt;
        gen.if(_`${data} !== null`, () => inner(cxt, cxt.schema as Input, {}));
      },
    },
    {
      keyword: 'branches',
      type: 'object',
      schemaType: 'object',
      code: branch,
    },
  ];
}

/** The name of the function that ajv makes, or is about to make, of the schema that a reference leads to. */
function validatorOf({ self, schemaEnv: { root }, baseId }: SchemaCxt, reference: string): Name {
  const env = resolveRef.call(self as ThisParameterType<typeof resolveRef>, root, baseId, reference);
  if (!(env instanceof SchemaEnv) || env.validateName === undefined)
    throw new Error(`a validator refers to ${reference}, which is not there`);
  return env.validateName;
}

function branch(cxt: KeywordCxt): void {
  const { gen, data } = cxt;
  const { name, branches, otherwise } = cxt.schema as Branches;
  const value = gen.const('tag', _`${isOwnProperty(gen, data, name)} ? ${data}[${name}] : undefined`);
  gen.if(false);
  for (const [values, schema] of branches) {
    gen.elseIf(values.map((each) => _`${value} === ${each}`).reduce((all, each) => _`${all} || ${each}`));
    inner(cxt, schema, {});
  }
  if (otherwise !== undefined) {
    gen.elseIf(_`typeof ${value} === "string"`);
    inner(cxt, otherwise, {});
  }
  gen.else();
  report(cxt, _`{tag: ${name}}`);
  gen.endIf();
}

import { _, Name, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import { strConcat } from 'ajv/dist/compile/codegen/code.js';
import type { Branches, Input } from '../input.js';
import { count, findings, inner, instancePath, kitFunction, memberOf, report } from './kit.js';

/**
 * The keywords that lead to other schemas.
 *
 * @param isBranching whether a value may be looked at more than once: then what was found of it is looked up
 */
export function referenceKeywords(isBranching: boolean): readonly CodeKeywordDefinition[] {
  return [
    {
      // ajv's own joins two lists anew for every item, which takes the square of them, and compiles what it refers to inside
      // itself, which a chain of thousands has no stack for.
      keyword: '$ref',
      schemaType: 'string',
      code(cxt: KeywordCxt) {
        const { gen, data, it } = cxt;
        const call = kitFunction(cxt, isBranching ? 'callOnce' : 'call');
        const validator = new Name(cxt.schema as string);
        const path = strConcat(instancePath, it.errorPath);
        gen.assign(findings, _`${call}(${validator}, ${data}, ${path}, ${findings})`);
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

function branch(cxt: KeywordCxt): void {
  const { gen } = cxt;
  const { name, branches, otherwise } = cxt.schema as Branches;
  const value = gen.const('tag', memberOf(cxt, name));
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

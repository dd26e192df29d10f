import { _, stringify, type Code, type CodeKeywordDefinition, type JSONType, type KeywordCxt } from 'ajv';
import { not } from 'ajv/dist/compile/codegen/index.js';
import { checkDataTypes, DataType } from 'ajv/dist/compile/validate/dataType.js';
import type { Json } from '../../../model/json.js';
import { formatFunctions } from '../../formats.js';
import { kitFunction, reportIf } from './kit.js';
import { matches } from './patterns.js';

/** What a value as a whole may be. ajv's own keywords would load parts of ajv, and compare with each value of a list. */
export const valueKeywords: readonly CodeKeywordDefinition[] = [
  {
    keyword: 'types',
    schemaType: 'array',
    code(cxt: KeywordCxt) {
      const types = cxt.schema as JSONType[];
      const isNone = checkDataTypes(types, cxt.data, cxt.it.opts.strictNumbers, DataType.Wrong);
      reportIf(isNone, cxt, _`{type: ${types.join()}}`);
    },
  },
  {
    keyword: 'enum',
    schemaType: 'array',
    code: (cxt: KeywordCxt) => reportIf(not(isOneOf(cxt, cxt.schema as readonly Json[])), cxt),
  },
  { keyword: 'const', code: (cxt: KeywordCxt) => reportIf(not(isOneOf(cxt, [cxt.schema as Json])), cxt) },
  {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    code(cxt: KeywordCxt) {
      if (cxt.schema === true) reportIf(_`${kitFunction(cxt, 'hasEqual')}(${cxt.data})`, cxt);
    },
  },
  {
    keyword: 'format',
    type: 'string',
    schemaType: 'string',
    code(cxt: KeywordCxt) {
      const format = cxt.schema as string;
      const check = formatFunctions.get(format);
      if (check === undefined) return;
      reportIf(_`!${kitFunction(cxt, check)}(${cxt.data})`, cxt, _`{format: ${format}}`);
    },
  },
  {
    keyword: 'pattern',
    type: 'string',
    schemaType: 'string',
    code(cxt: KeywordCxt) {
      const pattern = cxt.schema as string;
      reportIf(not(matches(cxt, pattern, cxt.data)), cxt, _`{pattern: ${pattern}}`);
    },
  },
  length('minLength', _`<`),
  length('maxLength', _`>`),
];

/** As JSON Schema counts: in code points. */
function length(keyword: string, operator: Code): CodeKeywordDefinition {
  return {
    keyword,
    type: 'string',
    schemaType: 'number',
    code(cxt: KeywordCxt) {
      const limit = cxt.schema as number;
      const characters = _`${kitFunction(cxt, 'codePointLength')}(${cxt.data})`;
      reportIf(_`${characters} ${operator} ${limit}`, cxt, _`{limit: ${limit}}`);
    },
  };
}

/** A few simple values are compared with one after the other; more of them, or arrays and objects, are looked up. */
function isOneOf(cxt: KeywordCxt, values: readonly Json[]): Code {
  const { gen, data } = cxt;
  const isSimple = values.every((value) => typeof value !== 'object' || value === null);
  if (isSimple && values.length > 0 && values.length <= 8)
    return values
      .map((value) => _`${data} === ${stringify(value)}`)
      .reduce((all, each) => _`${all} || ${each}`);
  const list = stringify(values);
  const code = isSimple ? _`new Set(${list})` : _`new ${kitFunction(cxt, 'Values')}(${list})`;
  return _`${gen.scopeValue('obj', { ref: values, key: code.toString(), code })}.has(${data})`;
}

import { _, stringify, type Code, type CodeKeywordDefinition, type KeywordCxt, type Name } from 'ajv';
import { not, or } from 'ajv/dist/compile/codegen/index.js';
import { matches } from './patterns.js';
import { validateTuple } from 'ajv/dist/vocabularies/applicator/items.js';
import { strConcat } from 'ajv/dist/compile/codegen/code.js';
import { alwaysValidSchema, getErrorPath, Type } from 'ajv/dist/compile/util.js';
import type { Input } from '../input.js';
import { count, inner, kitFunction, memberOf, report, reportIf } from './kit.js';

/**
 * The keywords that go through a value's items or members, as many as a sender likes. They stop where more is wrong than is
 * ever shown: ajv's own would list every fault of a body, each with its whole path.
 */
export const applicators: readonly CodeKeywordDefinition[] = [
  {
    keyword: 'items',
    type: 'array',
    schemaType: ['object', 'array', 'boolean'],
    code(cxt: KeywordCxt) {
      if (Array.isArray(cxt.schema)) validateTuple(cxt, 'additionalItems', cxt.schema);
      else eachItem(cxt, 0);
    },
  },
  {
    keyword: 'additionalItems',
    type: 'array',
    schemaType: ['object', 'boolean'],
    code(cxt: KeywordCxt) {
      const { parentSchema, data } = cxt;
      if (!Array.isArray(parentSchema['items'])) return;
      const limit = tupleLength(parentSchema);
      if (cxt.schema === false) reportIf(_`${data}.length > ${limit}`, cxt, _`{limit: ${limit}}`);
      else eachItem(cxt, limit);
    },
  },
  {
    keyword: 'contains',
    type: 'array',
    schemaType: ['object', 'boolean'],
    trackErrors: true,
    code(cxt: KeywordCxt) {
      const { gen, data } = cxt;
      const found = gen.let('found', false);
      gen.forRange('i', 0, _`${data}.length`, (i) => {
        const item = { dataProp: i, dataPropType: Type.Num, compositeRule: true } as const;
        const valid = inner(cxt, cxt.schema as Input, item);
        // What one item lacks is no fault of the list.
        cxt.reset();
        gen.if(valid, () => gen.assign(found, true).break());
      });
      reportIf(_`!${found}`, cxt);
    },
  },
  {
    keyword: 'additionalProperties',
    type: 'object',
    schemaType: ['object', 'boolean'],
    code(cxt: KeywordCxt) {
      const { gen, it } = cxt;
      if (alwaysValidSchema(it, cxt.schema as boolean | object)) return;
      eachMember(cxt, (key, stopAtEnough) => {
        gen.if(not(isDescribed(cxt, key)), () => {
          if (cxt.schema === false) report(cxt);
          else member(cxt, key, cxt.schema as Input);
          stopAtEnough();
        });
      });
    },
  },
  {
    keyword: 'required',
    type: 'object',
    schemaType: 'array',
    code(cxt: KeywordCxt) {
      for (const name of cxt.schema as readonly string[])
        reportIf(_`(${memberOf(cxt, name)}) === undefined`, cxt, _`{missingProperty: ${name}}`);
    },
  },
  {
    keyword: 'properties',
    type: 'object',
    schemaType: 'object',
    code(cxt: KeywordCxt) {
      const { gen, it } = cxt;
      // One variable for all, one after the other.
      const value = gen.let('data');
      for (const [name, schema] of Object.entries(cxt.schema as Readonly<Record<string, Input>>)) {
        if (alwaysValidSchema(it, schema)) continue;
        gen.if(_`(${value} = ${memberOf(cxt, name)}) !== undefined`, () =>
          below(cxt, stringify(getErrorPath(name)), schema, value),
        );
      }
    },
  },
  {
    keyword: 'patternProperties',
    type: 'object',
    schemaType: 'object',
    code(cxt: KeywordCxt) {
      const { gen, it } = cxt;
      const schemas = cxt.schema as Readonly<Record<string, Input>>;
      const patterns = Object.keys(schemas).filter((each) => !alwaysValidSchema(it, schemas[each] ?? true));
      if (patterns.length === 0) return;
      eachMember(cxt, (key, stopAtEnough) => {
        for (const pattern of patterns)
          gen.if(matches(cxt, pattern, key), () => {
            member(cxt, key, schemas[pattern] ?? true);
            stopAtEnough();
          });
      });
    },
  },
  {
    keyword: 'propertyNames',
    type: 'object',
    schemaType: ['object', 'boolean'],
    code(cxt: KeywordCxt) {
      const { gen, it } = cxt;
      if (alwaysValidSchema(it, cxt.schema as boolean | object)) return;
      eachMember(cxt, (key, stopAtEnough) => {
        const name = { data: key, dataTypes: ['string' as const], compositeRule: true as const };
        const valid = inner(cxt, cxt.schema as Input, name);
        gen.if(not(valid), () => {
          report(cxt);
          stopAtEnough();
        });
      });
    },
  },
];

function eachItem(cxt: KeywordCxt, from: number): void {
  const { gen, data, it } = cxt;
  if (alwaysValidSchema(it, cxt.schema as boolean | object)) return;
  const stopAtEnough = limit(cxt);
  gen.forRange('i', from, _`${data}.length`, (i) => {
    inner(cxt, cxt.schema as Input, { dataProp: i, dataPropType: Type.Num });
    stopAtEnough();
  });
}

function eachMember(cxt: KeywordCxt, check: (key: Name, stopAtEnough: () => void) => void): void {
  const stopAtEnough = limit(cxt);
  cxt.gen.forIn('key', cxt.data, (key) => check(key, stopAtEnough));
}

/**
 * Ends a loop that has found enough. Counted from where the loop began: findings from before it may be taken back, by a union
 * whose other branch holds.
 */
function limit(cxt: KeywordCxt): () => void {
  const { gen } = cxt;
  const before = gen.const('before', count);
  return () => gen.if(_`${count} - ${before} >= ${kitFunction(cxt, 'maxIssues')}`, () => gen.break());
}

/**
 * Checks the member of a key. ajv would escape the key anew for every finding below it, however long the key is: the kit's
 * step takes as much of it as is ever shown.
 */
function member(cxt: KeywordCxt, key: Name, schema: Input): void {
  below(cxt, _`${kitFunction(cxt, 'step')}(${key})`, schema, _`${cxt.data}[${key}]`);
}

/** Checks a value that stands below another. */
function below(cxt: KeywordCxt, step: Code, schema: Input, data: Code): void {
  const it = cxt.it as { errorPath: Code };
  const outer = it.errorPath;
  it.errorPath = strConcat(outer, step);
  inner(cxt, schema, { data });
  it.errorPath = outer;
}

/** Whether a key is one that `properties` or `patternProperties` describe. */
function isDescribed(cxt: KeywordCxt, key: Name): Code {
  const { gen, parentSchema } = cxt;
  const names = Object.keys((parentSchema['properties'] as object | undefined) ?? {});
  const patterns = Object.keys((parentSchema['patternProperties'] as object | undefined) ?? {});
  const named = () => {
    const code = _`new Set(${stringify(names)})`;
    return _`${gen.scopeValue('obj', { ref: names, key: code.toString(), code })}.has(${key})`;
  };
  const tests = [
    ...(names.length > 8 ? [named()] : names.map((name) => _`${key} === ${name}`)),
    ...patterns.map((pattern) => matches(cxt, pattern, key)),
  ];
  return tests.length === 0 ? _`false` : or(...tests);
}

function tupleLength(parentSchema: object = {}): number {
  const { items } = parentSchema as { readonly items?: unknown };
  return Array.isArray(items) ? items.length : 0;
}

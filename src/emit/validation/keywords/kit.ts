import { _, Name, nil, type Code, type KeywordCxt } from 'ajv';
import { strConcat } from 'ajv/dist/compile/codegen/code.js';
import type { SubschemaArgs } from 'ajv/dist/compile/validate/subschema.js';
import type { Input } from '../input.js';

/** ajv's own names in the functions that it writes: the findings so far, how many they are, and the path of the value. */
export const findings = new Name('vErrors');
export const count = new Name('errors');
export const instancePath = new Name('instancePath');

/** The functions of the kit that validators call, by the module of `runtime/` that has them. */
export const kitModules = {
  validation: [
    'call',
    'callOnce',
    'codePointLength',
    'found',
    'hasEqual',
    'maxIssues',
    'remembering',
    'step',
  ],
  values: ['Values'],
  patterns: ['linearPattern'],
  formats: [
    ...['isDate', 'isDateTime', 'isDuration', 'isEmail', 'isHostname', 'isIpv4', 'isIpv6', 'isJsonPointer'],
    ...['isRegex', 'isRelativeJsonPointer', 'isTime', 'isUri', 'isUriReference', 'isUriTemplate', 'isUuid'],
  ],
} as const;

export type KitFunction = (typeof kitModules)[keyof typeof kitModules][number];

/** A function of the kit by its name: the module of validators imports it. */
export function kitFunction(name: KitFunction): Name {
  return new Name(name);
}

/**
 * Adds a finding, in a call where ajv would write the same six lines each time.
 *
 * @param params what the keyword says, for the words of the finding, which the kit has
 */
export function report({ gen, keyword, it }: KeywordCxt, params: Code = _`{}`): void {
  const path = strConcat(instancePath, it.errorPath);
  gen.assign(findings, _`${kitFunction('found')}(${findings}, ${path}, ${keyword}, ${params})`);
  gen.code(_`${count}++`);
}

/** Adds a finding where a condition holds. */
export function reportIf(condition: Code, cxt: KeywordCxt, params?: Code): void {
  cxt.gen.if(condition, () => report(cxt, params));
}

/**
 * Compiles a schema inside a keyword. Where in the schema it stands is left out: a finding tells where in the payload it is,
 * and the schema is not there at run time.
 *
 * @returns whether the value is valid, by a name in the code
 */
export function inner(cxt: KeywordCxt, schema: Input, args: SubschemaArgs): Name {
  const valid = cxt.gen.name('valid');
  const own = { schema: schema as object, schemaPath: nil, topSchemaRef: nil, errSchemaPath: '' };
  cxt.subschema({ ...own, ...args }, valid);
  return valid;
}

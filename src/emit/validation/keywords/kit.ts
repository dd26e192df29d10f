import { _, Name, nil, type Code, type KeywordCxt } from 'ajv';
import { getProperty, strConcat } from 'ajv/dist/compile/codegen/code.js';
import type { SubschemaArgs } from 'ajv/dist/compile/validate/subschema.js';
import { formatFunctions, type FormatFunction } from '../../formats.js';
import type { Input } from '../input.js';

/** ajv's own names in the functions that it writes: the findings so far, how many they are, and the path of the value. */
export const findings = new Name('vErrors');
export const count = new Name('errors');
export const instancePath = new Name('instancePath');

const validation = [
  'call',
  'callOnce',
  'codePointLength',
  'found',
  'hasEqual',
  'hasOwn',
  'maxIssues',
  'remembering',
  'step',
] as const;

export type KitFunction = (typeof validation)[number] | 'Values' | 'linearPattern' | FormatFunction;

/** The functions of the kit that validators call, by the module of `runtime/` that has them. */
export const kitModules: ReadonlyMap<string, readonly KitFunction[]> = new Map<
  string,
  readonly KitFunction[]
>([
  ['validation', validation],
  ['values', ['Values']],
  ['patterns', ['linearPattern']],
  ['formats', [...formatFunctions.values()]],
]);

const kitFunctions: ReadonlySet<unknown> = new Set([...kitModules.values()].flat());

export function isKitFunction(name: unknown): name is KitFunction {
  return kitFunctions.has(name);
}

/** A function of the kit by its name. ajv lists what each validator uses from outside, and the imports come from that list. */
export function kitFunction({ gen }: Pick<KeywordCxt, 'gen'>, name: KitFunction): Name {
  const own = new Name(name);
  gen.scopeValue('func', { ref: name, key: name, code: own });
  return own;
}

/**
 * The member of a name, and undefined for one that every object inherits. Of any other name, what is read is what handlers
 * read. ajv calls a constant, of which bundlers make a variable that V8 does not see through: a function of the kit is quicker.
 */
export function memberOf(cxt: KeywordCxt, name: string): Code {
  const member = _`${cxt.data}${getProperty(name)}`;
  if (!(name in Object.prototype)) return member;
  return _`${kitFunction(cxt, 'hasOwn')}(${cxt.data}, ${name}) ? ${member} : undefined`;
}

/**
 * Adds a finding, in a call where ajv would write the same six lines each time.
 *
 * @param params what the keyword says, for the words of the finding, which the kit has
 */
export function report(cxt: KeywordCxt, params: Code = _`{}`): void {
  const { gen, keyword, it } = cxt;
  const path = strConcat(instancePath, it.errorPath);
  gen.assign(findings, _`${kitFunction(cxt, 'found')}(${findings}, ${path}, ${keyword}, ${params})`);
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

import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { emit } from '../../src/emit/emit.js';
import { catalogOf } from './catalog.js';
import { execute } from './execute.js';

async function kitOf(schemas: JsonObject) {
  const files = await emit(catalogOf(schemas).catalog, { importExtension: '.js', adapters: [] });
  const codes = new Map(files.map(({ path, code }) => [path, code]));
  const validators = [...codes].filter(([path]) => /^validators\/(?!compiled|index)/.test(path));
  return { kit: await execute(codes), text: validators.map(([, code]) => code).join('\n') };
}

test('payloads that are alike are checked by one function, others by their own', async () => {
  const order = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
  const schemas = {
    Placed: order,
    Paid: { ...order, description: 'The same, told otherwise.' },
    Sent: { ...order, required: [] },
  };
  const { kit, text } = await kitOf(schemas);
  expect(text.match(/^function /gm)).toHaveLength(2);
  const verdicts = (name: string) =>
    [{ id: 1 }, {}].map((value) => kit.validators[name]?.['~standard'].validate(value).issues === undefined);
  expect(Object.keys(schemas).map(verdicts)).toEqual([
    [true, false],
    [true, false],
    [true, true],
  ]);
});

test('what every object inherits is no member', async () => {
  const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__');
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
  const { kit } = await kitOf({
    Some: { type: 'object', properties },
    All: { type: 'object', properties, required: names },
  });
  const issues = (name: string, value: unknown) =>
    kit.validators[name]?.['~standard'].validate(value).issues?.length ?? 0;
  expect(issues('Some', {})).toBe(0);
  expect(issues('All', {})).toBe(names.length);
  expect(issues('All', Object.fromEntries(names.map((name) => [name, 1])))).toBe(0);
});

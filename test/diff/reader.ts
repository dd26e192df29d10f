import type { Contract } from '../../src/model/contract.js';
import type { PayloadType, Schema, SchemaObject } from '../../src/model/catalog.js';

/**
 * Code that reads payloads in every way that the types of a contract allow: fields at their exact types, comparisons with
 * values, complete switches, unions told apart. One function a line, with the type that it reads; some lines may not compile,
 * where the contract is odd, and are no use then.
 */
export function readersOf({ types }: Contract): readonly (readonly [type: string, line: string])[] {
  const byName = new Map(types.map((type) => [type.name, type.schema]));
  return types.flatMap((type) => readerBodies(type, byName).map((body) => [type.name, body] as const));
}

function readerBodies({ name, schema }: PayloadType, types: ReadonlyMap<string, Schema>): readonly string[] {
  const bodies = [
    `const v: Base.${name} = h; return v;`,
    ...unions(schema, 'h', `Base.${name}`, types),
    ...keys('h', `Base.${name}`),
    ...inside(schema, 'h', `Base.${name}`, types, 0),
  ];
  return bodies.map((body) => `(h: Head.${name}) => { ${body} }`);
}

const deepest = 3;

/** Reads what an object, a list or a map holds; what has a type of its own is read there. */
function inside(
  schema: Schema,
  v: string,
  type: string,
  types: ReadonlyMap<string, Schema>,
  depth: number,
): readonly string[] {
  if (typeof schema === 'boolean' || schema.$ref !== undefined || depth > deepest) return [];
  const parts: (readonly [step: string, schema: Schema])[] = Object.entries(fieldsOf(schema, types)).map(
    ([field, value]) => [`[${JSON.stringify(field)}]`, value],
  );
  if (typeof schema.items === 'object' && !Array.isArray(schema.items))
    parts.push(['[0]', schema.items as Schema]);
  if (typeof schema.additionalProperties === 'object')
    parts.push(['["nothing"]', schema.additionalProperties]);
  return parts.flatMap(([step, value]) => {
    const w = `v${depth}`;
    const read = depth === 0 ? `${v}${step}` : `${v}?.${step}`;
    const inner = `NonNullable<${type}>${step === '[0]' ? '[number]' : step}`;
    return [
      ...(step === '["nothing"]' || step === '[0]'
        ? []
        : [`const ${w}: ${inner}${depth === 0 ? '' : ' | null | undefined'} = ${read}; return ${w};`]),
      ...[...values(value, w), ...kinds(value, w), ...unions(value, w, inner, types), ...keys(w, inner)].map(
        (body) => `const ${w} = ${read}; ${body}`,
      ),
      ...inside(value, w, inner, types, depth + 1).map((body) => `const ${w} = ${read}; ${body}`),
    ];
  });
}

/** The fields of an object, those that `allOf` brings among them. */
function fieldsOf(
  schema: SchemaObject,
  types: ReadonlyMap<string, Schema>,
): Readonly<Record<string, Schema>> {
  const parts = (schema.allOf ?? []).map((part) => target(part, types));
  return Object.assign({}, schema.properties, ...parts.map((part) => part?.properties)) as Record<
    string,
    Schema
  >;
}

function target(schema: Schema, types: ReadonlyMap<string, Schema>): SchemaObject | undefined {
  if (typeof schema === 'boolean') return undefined;
  const found = schema.$ref === undefined ? schema : types.get(schema.$ref);
  return typeof found === 'object' ? found : undefined;
}

function values(schema: Schema, v: string): readonly string[] {
  if (typeof schema === 'boolean') return [];
  const all = [schema.const, ...(schema.enum ?? [])].filter((each) => each !== undefined && each !== null);
  const cases = all.map((each) => `case ${JSON.stringify(each)}: return 1;`).join(' ');
  return [
    ...all.map((each) => `return ${v} === ${JSON.stringify(each)};`),
    `return ${v} === "something else";`,
    ...(all.length > 0
      ? [`switch (${v}) { ${cases} default: { const n: null | undefined = ${v}; return n; } }`]
      : []),
  ];
}

function kinds(schema: Schema, v: string): readonly string[] {
  if (typeof schema === 'boolean') return [];
  const types = [schema.type].flat();
  return [
    ...(types.includes('string') ? [`return typeof ${v} === "string" ? ${v}.length : 0;`] : []),
    ...(types.includes('number') || types.includes('integer')
      ? [`return typeof ${v} === "number" ? ${v}.toFixed() : "";`]
      : []),
    ...(types.includes('boolean') ? [`return typeof ${v} === "boolean" ? ${v}.valueOf() : false;`] : []),
  ];
}

/** Reads keys that nothing names, and some that a pattern does. */
function keys(v: string, type: string): readonly string[] {
  return ['nothing', 'x_other'].flatMap((key) => [
    `return ${v}?.["${key}"];`,
    `const one: NonNullable<${type}>["${key}"] | undefined = ${v}?.["${key}"]; return one;`,
  ]);
}

/** Tells the variants of a union apart: by the word of each, and by the fields that one alone has. */
function unions(
  schema: Schema,
  v: string,
  type: string,
  types: ReadonlyMap<string, Schema>,
): readonly string[] {
  if (typeof schema === 'boolean') return [];
  const object = `typeof ${v} === "object" && ${v} !== null`;
  const arms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const told = (field: string, word: unknown, other: string, value: Schema) => {
    const is = `${v}[${JSON.stringify(field)}] === ${JSON.stringify(word)}`;
    const item = typeof value === 'object' && typeof value.items === 'object' ? value.items : true;
    const items = Array.isArray(item) ? [] : ['return item;', ...values(item as Schema, 'item')];
    const bodies = [
      'return one;',
      ...values(value, 'one'),
      ...items.map((body) => `const item = one?.[0]; ${body}`),
    ];
    return bodies.map(
      (body) =>
        `if (${object} && ${is}) { const one = ${v}[${JSON.stringify(other)}]; ${body} } return undefined;`,
    );
  };
  const beside = ['nothing', 'x_other'].map(
    (key) => `if (${object} && !Array.isArray(${v})) return ${v}["${key}"]; return undefined;`,
  );
  const read = arms.flatMap((arm) => {
    const own = target(arm, types);
    if (own === undefined) return [];
    const name = typeof arm === 'object' && arm.$ref !== undefined ? `Base.${arm.$ref}` : undefined;
    const fields = Object.entries(own.properties ?? {});
    return fields.flatMap(([field, value]) => {
      const key = JSON.stringify(field);
      const word = typeof value === 'object' ? value.const : undefined;
      const is = name === undefined ? '' : `const one: ${name} = ${v}; return one;`;
      return [
        `if (${object}) { const one: NonNullable<${type}>[${key}] = ${v}[${key}]; return one; } return undefined;`,
        `if (${object} && ${key} in ${v}) { const one = ${v}[${key}]; return one; } return undefined;`,
        ...(name === undefined ? [] : [`if (${object} && ${key} in ${v}) { ${is} } return undefined;`]),
        `if (${object} && ${key} in ${v}) { const one = ${v}[${key}]; return typeof one === "string" ? one.length : one; } return undefined;`,
        ...(word === undefined ? [] : fields.flatMap(([other, inner]) => told(field, word, other, inner))),
      ];
    });
  });
  return arms.length > 0 ? [...beside, ...read] : read;
}

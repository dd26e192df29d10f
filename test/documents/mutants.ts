import type { Json, JsonArray, JsonObject } from '../../src/model/json.js';

/** A value that is one change away from another. */
export interface Mutant {
  /** What was changed, and where: `drop /issue/user/login`. */
  readonly name: string;
  readonly value: Json;
}

/** Every value that comes of one change to one member: gone, null, of another type, a text unheard of, a stranger beside it. */
export function* mutants(value: Json, path = ''): Generator<Mutant> {
  if (Array.isArray(value)) {
    for (const [index, each] of (value as JsonArray).entries()) {
      for (const { name, value: inner } of mutants(each, `${path}/${index}`))
        yield { name, value: (value as JsonArray).with(index, inner) };
    }
    return;
  }
  if (typeof value !== 'object' || value === null) {
    for (const [what, other] of others(value)) yield { name: `${what} ${path}`, value: other };
    return;
  }
  const object = value as JsonObject;
  yield { name: `stranger ${path}`, value: { ...object, 'a stranger': 1 } };
  for (const [key, member] of Object.entries(object)) {
    const { [key]: _, ...rest } = object;
    yield { name: `drop ${path}/${key}`, value: rest };
    for (const { name, value: inner } of mutants(member, `${path}/${key}`))
      yield { name, value: { ...object, [key]: inner } };
  }
  if (path !== '')
    yield* [
      { name: `null ${path}`, value: null },
      { name: `list ${path}`, value: [] },
    ];
}

function others(value: Json): readonly (readonly [what: string, other: Json])[] {
  const every = [
    ['null', null],
    ['text', 'a text unheard of'],
    ['number', -1.5],
    ['object', {}],
  ] as const;
  return every.filter(([, other]) => other !== value);
}

/** As many of some things at most, spread over all of them. */
export function spread<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(all.length, most) }, (_, index) => all[Math.floor(index * step)] as T);
}

import type { Json, JsonObject } from '../model/json.js';
import { isObject } from '../model/pointer.js';
import { subjectOf, type Action, type Observed } from './action.js';
import { typesOf } from './inferred-schema.js';

/** What actions declare that was not declared before, a line each: place, type, how often and when. */
export function changesBetween(before: readonly Action[], after: readonly Action[]): readonly string[] {
  const old = new Map(before.map((action) => [subjectOf(action), action]));
  return after.flatMap((action) => {
    return declaredBy(old.get(subjectOf(action))) === declaredBy(action)
      ? []
      : [`${lineOf(action)} (${seen(action.observed)})`];
  });
}

/** What an action declares: how often and when it was seen says nothing of that. */
function declaredBy(action: Action | undefined): string {
  return JSON.stringify([action?.update, action?.remove]);
}

function lineOf({ target, update, remove, description }: Action): string {
  const place = shortened(target);
  if (remove) {
    const name = /\[\?@ == '(.*)'\]$/.exec(target)?.[1];
    if (name !== undefined)
      return `${shortened(target.replace(/\.required\[\?.*$/, ''))}.${name}: not required`;
    return place.replace(/\.(\w+)$/, ': without its $1');
  }
  const [entry] = Object.entries(update ?? {});
  if (entry === undefined) return `${place}: ${description}`;
  const [key, value] = entry;
  if (key === 'type' && !isObject(value)) return `${place}: ${typesOf(value).join(' | ')}`;
  if (key === 'x-event') return `${target.replace(/^\$\./, '')}: told by a field of the payload`;
  if (key === 'x-open-enum') return `${place}: an open list`;
  if (key === 'properties' && isObject(value)) {
    const [[name, schema] = ['', true]] = Object.entries(value);
    return `${place}.${name}: ${typeText(schema)}`;
  }
  return `${place}.${key}: ${typeText(value)}`;
}

/** A place as a reader of types knows it. */
function shortened(target: string): string {
  return target
    .replace(/^\$\.(?:components\.schemas\.)?/, '')
    .replaceAll(/\.properties(?=\.|\[|$)/g, '')
    .replaceAll(/\.items(?=\.|$)/g, '[]');
}

/** A schema in few words. */
function typeText(schema: Json): string {
  if (!isObject(schema)) return 'unknown';
  const { type, items, properties, enum: words } = schema;
  const names = typesOf(type);
  if (names.length === 0) return 'unknown';
  return names
    .map((name) => {
      if (name === 'array' && items !== undefined)
        return `(${typeText(items)})[]`.replace(/^\((\w+)\)/, '$1');
      if (name === 'object' && isObject(properties)) return membersText(properties);
      if (name === 'string' && Array.isArray(words)) return `string, such as ${words.map(String).join(', ')}`;
      return name;
    })
    .join(' | ');
}

function membersText(properties: JsonObject): string {
  const names = Object.keys(properties);
  return `{ ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''} }`;
}

function seen({ count, first, last, template }: Observed): string {
  if (count === undefined) return template ?? 'seen';
  const times = count === 1 ? 'once' : `${count} times`;
  if (first === undefined || last === undefined) return times;
  return first === last ? `${times}, ${first}` : `${times}, ${first} to ${last}`;
}

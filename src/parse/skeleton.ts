import type { Json, JsonObject } from '../catalog/json.js';
import { isObject, pointerSteps, resolve, targetName } from '../catalog/pointer.js';
import { shelf, shelfOf } from './shelf.js';

/** Marks the place of a cut message in a skeleton, with its index in `messages`. */
export const cutMark = 'x-cut-message';

export interface Skeleton {
  /** The document as @asyncapi/parser gets it: every message in place, its payload cut out. */
  readonly data: Json;
  readonly messages: readonly CutMessage[];
}

export interface CutMessage {
  /** The message as the document holds it. */
  readonly node: JsonObject;
  /** Its key among the components, else in its channel, else in the file that a reference takes it from. */
  readonly key: string | undefined;
}

/**
 * Cuts the payloads out of a document. The parser would dereference and check every schema, several times over, and hand
 * recursive ones back as object cycles; the catalog reads them from the document itself.
 */
export function skeleton(data: JsonObject): Skeleton {
  const messages = messageNodes(data);
  const indexes = new Map(messages.map(({ node }, index) => [node, index]));

  function copy(value: Json): Json {
    if (Array.isArray(value)) return value.map(copy);
    if (!isObject(value)) return value;
    const index = indexes.get(value);
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]): [string, Json][] => {
        if (index === undefined) return [[key, copy(member)]];
        if (cutKeys.has(key)) return key === 'payload' ? [[key, { [cutMark]: index }]] : [];
        return [[key, copy(member)]];
      }),
    );
  }

  const { [shelf]: external, components, ...rest } = data;
  const own = copy({
    ...rest,
    ...(components !== undefined && { components: withoutSchemas(components) }),
  }) as JsonObject;
  return {
    data: external === undefined ? own : { ...own, [shelf]: shelfOf(own, data, copy) },
    messages,
  };
}

function withoutSchemas(components: Json): Json {
  if (!isObject(components) || !isObject(components['schemas'])) return components;
  return { ...components, schemas: blank(components['schemas']) };
}

/** What a reference to a message calls it. */
function nameOf(value: Json | undefined): string | undefined {
  const ref = member(value, '$ref');
  const steps = typeof ref === 'string' ? pointerSteps(ref) : undefined;
  return steps && targetName(steps);
}

/** What a message says of its data; none of it decides whether the document is AsyncAPI. */
const cutKeys = new Set(['payload', 'headers', 'schemaFormat', 'examples']);

/** Channel parameters may point at a schema, so the names stay; but for one that the parser calls as a method. */
function blank(schemas: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(schemas)
      .filter((name) => name !== 'hasOwnProperty')
      .map((name) => [name, {}]),
  );
}

function messageNodes(data: JsonObject): readonly CutMessage[] {
  const found = new Map<JsonObject, CutMessage>();
  const components = member(data, 'components');

  const add = (value: Json | undefined, key = nameOf(value)) => {
    const node = resolve(data, value);
    if (isObject(node) && !found.has(node)) found.set(node, { node, key });
  };
  const addAll = (container: Json | undefined) => {
    for (const [key, message] of members(container)) add(message, key);
  };
  const addChannel = (value: Json) => {
    const channel = resolve(data, value);
    addAll(member(channel, 'messages'));
    for (const action of ['publish', 'subscribe']) {
      const message = member(resolve(data, member(channel, action)), 'message');
      const choices = member(resolve(data, message), 'oneOf');
      if (Array.isArray(choices)) choices.forEach((choice: Json) => add(choice));
      else add(message);
    }
  };

  addAll(member(components, 'messages'));
  for (const [, channel] of members(data['channels'])) addChannel(channel);
  for (const [, channel] of members(member(components, 'channels'))) addChannel(channel);
  return [...found.values()];
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function members(value: Json | undefined): readonly [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

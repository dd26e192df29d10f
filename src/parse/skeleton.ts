import type { Definition } from '../model/channel.js';
import type { Json, JsonObject } from '../model/json.js';
import { isObject, pointerSteps, resolve, targetName, valueAt } from '../model/pointer.js';
import { externalFiles } from '../model/document.js';
import { usedExternalFiles } from './external-files.js';

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
  /** In AsyncAPI 3, its key in its channel; else its key among the components, or in the file that a reference takes it from. */
  readonly key: string | undefined;
  readonly definition: Definition | undefined;
  /** Whether it stands in a channel. */
  readonly sent: boolean;
}

/**
 * Cuts the payloads out of a document. The parser would dereference and check every schema, several times over, and hand
 * recursive ones back as object cycles; the catalog reads them from the document itself.
 *
 * @param quoted objects whose `$ref` is data, which the parser would follow
 */
export function skeleton(data: JsonObject, quoted: ReadonlySet<JsonObject>): Skeleton {
  const { messages, places: sourceMap, containers } = messagesOf(data);

  function copy(value: Json): Json {
    if (Array.isArray(value)) return value.map(copy);
    if (!isObject(value)) return value;
    const indexes = containers.get(value);
    const index = sourceMap.get(value);
    if (index !== undefined) return copyMessage(value, index);
    return Object.fromEntries(
      Object.entries(value).map(([key, member]): [string, Json] => {
        const own = indexes?.get(key);
        if (own !== undefined) return [key, copyMessage((messages[own] as CutMessage).node, own)];
        return [key === '$ref' && quoted.has(value) ? 'x-ref' : key, copy(member)];
      }),
    );
  }

  /** A message that declares no payload gets its mark all the same, so that it can be pointed out. */
  function copyMessage(node: JsonObject, index: number): JsonObject {
    const kept = Object.entries(node).filter(([key]) => !cutKeys.has(key));
    return {
      ...Object.fromEntries(kept.map(([key, member]) => [key, copy(member)])),
      payload: { [cutMark]: index },
    };
  }

  const { [externalFiles]: external, components, ...rest } = data;
  const own = copy({
    ...rest,
    ...(components !== undefined && { components: withoutSchemas(components, data) }),
  }) as JsonObject;
  return {
    data: external === undefined ? own : { ...own, [externalFiles]: usedExternalFiles(own, data, copy) },
    messages,
  };
}

function withoutSchemas(components: Json, data: JsonObject): Json {
  if (!isObject(components)) return components;
  // All of them may be in a file of their own.
  const schemas = resolve(data, components['schemas']);
  return isObject(schemas) ? { ...components, schemas: blank(schemas) } : components;
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

interface Found {
  readonly messages: readonly CutMessage[];
  /** The index of a message by the object that it is. */
  readonly places: ReadonlyMap<JsonObject, number>;
  /** By the `messages` of a channel, the index of the message under each key: one message may stand under two. */
  readonly containers: ReadonlyMap<JsonObject, ReadonlyMap<string, number>>;
}

function messagesOf(data: JsonObject): Found {
  const messages: CutMessage[] = [];
  const sourceMap = new Map<JsonObject, number>();
  const containers = new Map<JsonObject, Map<string, number>>();
  const components = member(data, 'components');
  const componentKeys = new Map<Json, string>();
  for (const [key, value] of members(member(components, 'messages'))) {
    const node = resolve(data, value);
    if (node !== undefined && !componentKeys.has(node)) componentKeys.set(node, key);
  }

  /** A message under a key of a channel is one of its own, whatever it refers to. */
  const addKeyed = (container: JsonObject, sent: boolean) => {
    if (containers.has(container)) return;
    const indexes = new Map<string, number>();
    containers.set(container, indexes);
    for (const [key, value] of members(container)) {
      const { node, definition } = defined(value);
      if (isObject(node)) indexes.set(key, messages.push({ node, key, definition, sent }) - 1);
    }
  };
  const add = (value: Json | undefined, sent: boolean) => {
    const { node, definition } = defined(value);
    if (isObject(node) && !sourceMap.has(node))
      sourceMap.set(node, messages.push({ node, key: definition?.name, definition, sent }) - 1);
  };
  const addChannel = (value: Json, sent: boolean) => {
    const channel = defined(value).node;
    const keyed = member(channel, 'messages');
    if (isObject(keyed)) addKeyed(keyed, sent);
    for (const action of ['publish', 'subscribe']) {
      const message = member(defined(member(channel, action)).node, 'message');
      const choices = member(defined(message).node, 'oneOf');
      if (Array.isArray(choices)) choices.forEach((choice: Json) => add(choice, sent));
      else add(message, sent);
    }
  };
  /** Follows references to a message, and tells what the last of them calls it. */
  const defined = (
    value: Json | undefined,
  ): { node: Json | undefined; definition: Definition | undefined } => {
    let node = value;
    let definition: Definition | undefined;
    for (let hops = 0; isObject(node) && Object.hasOwn(node, '$ref') && hops < 100; hops += 1) {
      const ref: Json | undefined = node['$ref'];
      const steps = typeof ref === 'string' ? pointerSteps(ref) : undefined;
      definition = steps && { name: targetName(steps), pointer: String(ref).slice(1) };
      node = steps && valueAt(data, steps);
    }
    const key = node === undefined ? undefined : componentKeys.get(node);
    return {
      node,
      definition: key === undefined ? definition : { name: key, pointer: `/components/messages/${key}` },
    };
  };

  for (const [, channel] of members(data['channels'])) addChannel(channel, true);
  for (const [, message] of members(member(components, 'messages'))) add(message, false);
  for (const [, channel] of members(member(components, 'channels'))) addChannel(channel, false);
  return { messages, places: sourceMap, containers };
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function members(value: Json | undefined): readonly [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

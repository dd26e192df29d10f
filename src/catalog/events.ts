import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { hasHidden } from '../diagnostics/printable.js';
import type { Channel, Message } from './channel.js';
import { collecting } from './collecting.js';
import { skeletonOf } from './confusable.js';
import type { Json, JsonArray, JsonObject } from './json.js';
import type { Discriminator, Event } from './model.js';
import { handlerName, hasName, looksLikeCode, settle, typeName } from './names.js';
import { isObject, pointerSteps, resolve, valueAt } from './pointer.js';
import { schemaNameOf } from './pointer-name.js';
import { productOf } from './product.js';
import { checkFormat, isMultiFormat } from './schema-format.js';
import type { TypeCollector } from './types.js';
import { noteOrigin } from './whereabouts.js';

/** Turns the messages of channels into events. One message with a JSON payload is one event. */
export function readEvents(
  channels: readonly Channel[],
  types: TypeCollector,
  report: Report,
): readonly Event[] {
  const addresses = new Map<string, number>();
  for (const { address } of channels) {
    if (address !== undefined) addresses.set(address, (addresses.get(address) ?? 0) + 1);
  }
  const errors: Diagnostic[] = [];
  const drafts = channels.flatMap((channel) => {
    const shared = channel.address !== undefined && (addresses.get(channel.address) ?? 0) > 1;
    const name = channelName(channel, shared);
    const extension = readExtension(channel);
    const messages = channel.messages.filter((message) =>
      collecting(errors, () => hasPayload(channel, message, report)),
    );
    return messages.map((message, index) => ({
      ...draft(channel, message, messages.length > 1, name, extension, report),
      // Messages of one channel may have one name, or none.
      namesake: messages.slice(0, index).filter(({ key }) => key === message.key).length,
    }));
  });
  if (errors.length > 0) throw new Rejected(...errors);
  warnOfLookalikes(drafts, report);
  return named(drafts, types, report);
}

interface Draft {
  readonly channel: Channel;
  readonly message: Message;
  /** How many messages of the channel before it have its key. */
  readonly namesake: number;
  readonly name: string;
  readonly handler: string;
  readonly product: string;
  readonly extension: Extension;
}

interface Extension {
  readonly discriminator?: Discriminator;
  readonly deliveryKey: readonly string[];
  readonly contentTypes: readonly string[];
}

function draft(
  channel: Channel,
  message: Message,
  several: boolean,
  channelName: string,
  extension: Extension,
  report: Report,
): Omit<Draft, 'namesake'> {
  const messageName = message.key ?? message.title ?? schemaName(message) ?? 'message';
  const name = several ? `${channelName}#${messageName}` : channelName;
  if (hasHidden(name)) {
    const place = channel.document.places.of(message.node);
    throw new Rejected(diagnostic('name-rejected', 'the message has no name that can be shown', place));
  }
  const id = message.operation?.id;
  const own = id !== undefined && !['publish', 'subscribe'].includes(id) ? id : undefined;
  const wanted = own === undefined ? `on${typeName(name)}` : several ? `${own}${typeName(messageName)}` : own;
  const handler = handlerName(wanted);
  if (own !== undefined && looksLikeCode(own)) {
    const place = channel.document.places.of(channel.node);
    report(diagnostic('name-sanitised', `an operation named like code gets the handler ${handler}`, place));
  }
  return { channel, message, name, handler, product: productOf(channel), extension };
}

/** What a message that nobody named is known by: the schema that its payload refers to. */
function schemaName({ node: { payload } }: Message): string | undefined {
  const ref = isObject(payload) ? payload['$ref'] : undefined;
  const steps = typeof ref === 'string' ? pointerSteps(ref) : undefined;
  return steps && schemaNameOf(steps);
}

/** Settles names that came out alike, then reads the payloads. */
function named(drafts: readonly Draft[], types: TypeCollector, report: Report): readonly Event[] {
  const places = ({ channel }: Draft) => channel.document.places.of(channel.node);
  const unique = new Map<string, Draft>();
  for (const item of settle(
    drafts.map((item) => ({
      name: item.name,
      identity: [item.channel.document.name, item.channel.key, item.message.key, item.namesake].join('#'),
      item,
    })),
  )) {
    if (item.settled !== item.name) {
      report(
        diagnostic(
          'name-changed',
          `two events would be called ${item.name}; this one becomes ${item.settled}`,
          places(item.item),
        ),
      );
    }
    unique.set(item.settled, item.item);
  }
  const handlers = settle([...unique].map(([name, item]) => ({ name: item.handler, identity: name, item })));
  return handlers.map(({ item, name, settled, identity }) => {
    if (settled !== name) {
      report(
        diagnostic(
          'name-changed',
          `two handlers would be called ${name}; this one becomes ${settled}`,
          places(item),
        ),
      );
    }
    return readEvent(item, identity, settled, types);
  });
}

function readEvent(
  { channel, message, product, extension }: Draft,
  name: string,
  handler: string,
  types: TypeCollector,
): Event {
  const { document } = channel;
  const { node, operation } = message;
  const inner = node['payload'];
  const isComponent =
    message.key !== undefined && valueAt(document.data, ['components', 'messages', message.key]) === node;
  const wrapped = isMultiFormat(inner);
  const place = wrapped ? 'payload/schema' : 'payload';
  const payload = types.payload(
    document,
    wrapped ? inner : node,
    wrapped ? 'schema' : 'payload',
    payloadName(message, name),
    isComponent ? `/components/messages/${message.key}/${place}` : `event:${name}`,
    product,
  );
  const summary = message.summary ?? operation?.summary ?? message.title;
  const description = channel.description ?? operation?.description ?? message.description;
  const event = {
    name,
    product,
    channel: channel.key,
    handler,
    payload,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...extension,
    examples: examplesOf(node),
    document: document.name,
  };
  return noteOrigin(event, { document, at: channel.node });
}

/** A payload written in place is called after its message: UserSignedUp gives UserSignedUpPayload. */
function payloadName(message: Message, event: string): string {
  const name =
    [message.key, message.title, event].find((each) => each !== undefined && hasName(each)) ?? event;
  return /payload$/i.test(name) ? name : `${name} Payload`;
}

function channelName(channel: Channel, shared: boolean): string {
  const { address, key, document, node } = channel;
  const usable =
    address !== undefined &&
    address !== '/' &&
    address !== '' &&
    !/^[a-z][a-z0-9+.-]*:\/\//i.test(address) &&
    !shared;
  // AsyncAPI 2 has the address for a key, and `/` is the one that a socket listens at.
  const name = key === '/' && !usable ? 'root' : (usable ? address : key).replace(/^\//, '');
  if (name.trim() === '' || hasHidden(name)) {
    throw new Rejected(
      diagnostic('name-rejected', 'the channel has no name that can be shown', document.places.of(node)),
    );
  }
  return name.length <= 200 ? name : `${name.slice(0, 180)}${typeName(name).slice(-6)}`;
}

/** Whether a message has a payload that is JSON. */
function hasPayload(channel: Channel, { node, contentType }: Message, report: Report): boolean {
  const { data, places } = channel.document;
  const payload = node['payload'];
  if (payload === undefined) {
    report(diagnostic('payload-missing', `a message of ${channel.key} declares no payload`, places.of(node)));
    return false;
  }
  const traits = Array.isArray(node['traits']) ? (node['traits'] as JsonArray) : [];
  const holders = [payload, node, ...traits.map((trait) => resolve(data, trait))];
  for (const holder of holders.filter(isObject)) {
    if (holder !== payload || isMultiFormat(payload)) checkFormat(holder, places, report);
  }
  if (contentType === undefined || /[/+]json\b|x-www-form-urlencoded/i.test(contentType)) return true;
  report(diagnostic('payload-not-json', `a message of ${channel.key} is ${contentType}`, places.of(node)));
  return false;
}

function examplesOf(node: JsonObject): readonly Json[] {
  const examples = node['examples'];
  if (!Array.isArray(examples)) return [];
  return (examples as JsonArray).flatMap((each) =>
    isObject(each) && each['payload'] !== undefined ? [each['payload']] : [],
  );
}

function readExtension({ document, node }: Channel): Extension {
  const raw = resolve(document.data, node['x-event']);
  if (raw === undefined) return { deliveryKey: [], contentTypes: [] };
  const wrong = (message: string, key?: string) =>
    new Rejected(
      diagnostic(
        'event-extension-invalid',
        `x-event${message}`,
        isObject(raw) && key !== undefined
          ? document.places.of(raw, key)
          : document.places.of(node, 'x-event'),
      ),
    );
  if (!isObject(raw)) throw wrong(' must be an object');
  const unknown = Object.keys(raw).find(
    (key) => !['product', 'discriminator', 'deliveryKey', 'contentTypes'].includes(key),
  );
  if (unknown !== undefined) throw wrong(' has a key that is not read', unknown);

  const { product, discriminator } = raw;
  if (product !== undefined && (typeof product !== 'string' || product === '' || hasHidden(product))) {
    throw wrong('.product must be a name', 'product');
  }
  const strings = (key: string, form: RegExp, what: string): readonly string[] => {
    const value = raw[key] ?? [];
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string' && form.test(each))) {
      throw wrong(`.${key} must be a list of ${what}`, key);
    }
    return value as readonly string[];
  };
  return {
    ...(discriminator !== undefined && { discriminator: readDiscriminator(discriminator, wrong) }),
    deliveryKey: strings(
      'deliveryKey',
      /^\$message\.(?:header#\/[!#$%&'*+.^_`|~0-9A-Za-z-]+|payload#(?:\/[^\s/]+)+)$/,
      'runtime expressions such as $message.payload#/id',
    ),
    contentTypes: strings('contentTypes', /^[\w.+-]+\/[\w.+-]+$/, 'media types'),
  };
}

function readDiscriminator(value: Json, wrong: (message: string, key?: string) => Rejected): Discriminator {
  const { pointer, value: word } = isObject(value) ? value : ({} as JsonObject);
  const path = typeof pointer === 'string' && pointer !== '' ? pointerSteps(`#${pointer}`) : undefined;
  if (path === undefined || typeof word !== 'string') {
    throw wrong('.discriminator must be { pointer: /…, value: text }', 'discriminator');
  }
  return { path, value: word };
}

/** Names that differ only in letters of another script are kept, and pointed out. */
function warnOfLookalikes(drafts: readonly Draft[], report: Report): void {
  const plain = new Map<string, string>();
  for (const { name, channel } of drafts) {
    const folded = skeletonOf(name);
    const other = plain.get(folded);
    if (other !== undefined && other !== name) {
      report(
        diagnostic(
          'name-confusable',
          'the event name looks like another one',
          channel.document.places.of(channel.node),
        ),
      );
    }
    plain.set(folded, name);
  }
}

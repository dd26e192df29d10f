import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { hasHidden } from '../diagnostics/printable.js';
import type { Channel, Message } from '../model/channel.js';
import { collecting } from './collecting.js';
import { skeletonOf } from './confusable.js';
import type { Document } from '../model/document.js';
import type { Json, JsonArray, JsonObject } from '../model/json.js';
import type { Discriminator, Event } from '../model/catalog.js';
import { handlerName, hasName, looksLikeCode, assignNames, typeName } from './names.js';
import { isObject, pointerSteps, resolve } from '../model/pointer.js';
import { schemaNameOf } from './pointer-name.js';
import { productOf } from './product.js';
import { schemaCycles } from './schema-cycle.js';
import { checkFormat, isMultiFormat } from './schema-format.js';
import type { TypeCollector } from './types.js';
import { noteNode } from './source-map.js';

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
  const checked = new Set<JsonObject>();
  const drafts = channels.flatMap((channel) => {
    const shared = channel.address !== undefined && (addresses.get(channel.address) ?? 0) > 1;
    const name = channelName(channel, shared);
    const extension = readExtension(channel.document, channel.node, channelKeys);
    if (channel.messages.length === 0) reportEmpty(channel, report);
    const messages = channel.messages.filter((message) =>
      collecting(errors, () => hasPayload(channel, message, report)),
    );
    for (const { node } of messages) errors.push(...schemaCycles(schemaOf(node), channel.document, checked));
    const sameKey = counted(messages.map(({ key }) => key));
    const sameOperation = counted(messages.map(({ operation }) => operation?.id));
    const own = messages.map((message, index) =>
      draft(channel, message, name, extension, report, {
        several: messages.length > 1,
        // Messages of one channel may have one name, or none.
        namesake: sameKey.before[index] ?? 0,
        sharesOperation: (sameOperation.total.get(message.operation?.id) ?? 0) > 1,
      }),
    );
    reportNotToldApart(name, own, report);
    if (own.length > 0) reportParameters(name, channel, own, report);
    return own;
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
  /** Whether nothing names it beside its siblings. */
  readonly nameless: boolean;
  readonly name: string;
  readonly handler: string;
  readonly product: string;
  readonly extension: Extension;
}

/** How a message stands among the others of its channel. */
interface Siblings {
  readonly several: boolean;
  /** How many messages before it have its key. */
  readonly namesake: number;
  readonly sharesOperation: boolean;
}

interface Extension {
  readonly discriminator?: Discriminator;
  readonly deliveryKey?: readonly string[];
  readonly contentTypes?: readonly string[];
}

function draft(
  channel: Channel,
  message: Message,
  channelName: string,
  extension: Extension,
  report: Report,
  { several, namesake, sharesOperation }: Siblings,
): Draft {
  const ownName = message.key ?? message.title ?? schemaName(message);
  const messageName = ownName ?? 'message';
  const name = several ? `${channelName}#${messageName}` : channelName;
  if (hasHidden(name)) {
    const location = channel.document.sourceMap.of(message.node);
    throw new Rejected(diagnostic('name-rejected', 'the message has no name that can be shown', location));
  }
  const id = message.operation?.id;
  const own = id !== undefined && !['publish', 'subscribe'].includes(id) ? id : undefined;
  const wanted =
    own === undefined ? `on${typeName(name)}` : sharesOperation ? `${own}${typeName(messageName)}` : own;
  const handler = handlerName(wanted);
  if (own !== undefined && looksLikeCode(own)) {
    const message = `an operation named like code gets the handler ${handler}`;
    report(diagnostic('name-sanitised', message, channel.document.sourceMap.of(channel.node)));
  }
  return {
    channel,
    message,
    namesake,
    nameless: several && ownName === undefined,
    name,
    handler,
    product: productOf(channel),
    extension: { ...extension, ...readExtension(channel.document, message.node, messageKeys) },
  };
}

/** How often each value is there, and for each how often it was there before. */
function counted<T>(values: readonly T[]): {
  readonly total: ReadonlyMap<T, number>;
  readonly before: readonly number[];
} {
  const total = new Map<T, number>();
  const before = values.map((value) => {
    const count = total.get(value) ?? 0;
    total.set(value, count + 1);
    return count;
  });
  return { total, before };
}

/** What a message that nobody named is known by: the schema that its payload refers to. */
function schemaName({ node: { payload } }: Message): string | undefined {
  const ref = isObject(payload) ? payload['$ref'] : undefined;
  const steps = typeof ref === 'string' ? pointerSteps(ref) : undefined;
  return steps && schemaNameOf(steps);
}

/** Settles names that came out alike, then reads the payloads. */
function named(drafts: readonly Draft[], types: TypeCollector, report: Report): readonly Event[] {
  const sourceMap = ({ channel }: Draft) => channel.document.sourceMap.of(channel.node);
  const unique = new Map<string, Draft>();
  for (const item of assignNames(
    drafts.map((item) => ({
      name: item.name,
      identity: [item.channel.document.name, item.channel.key, item.message.key, item.namesake].join('#'),
      item,
    })),
  )) {
    if (item.settled !== item.name) {
      const { nameless, message, channel } = item.item;
      const location = nameless ? channel.document.sourceMap.of(message.node) : sourceMap(item.item);
      const changed = diagnostic(
        'name-changed',
        `two events would be called ${item.name}; this one becomes ${item.settled}`,
        location,
      );
      report(nameless ? { ...changed, fix: 'Give each message of the channel a `name`.' } : changed);
    }
    unique.set(item.settled, item.item);
  }
  const handlers = assignNames(
    [...unique].map(([name, item]) => ({ name: item.handler, identity: name, item })),
  );
  return handlers.map(({ item, name, settled, identity }) => {
    if (settled !== name && !item.nameless) {
      report(
        diagnostic(
          'name-changed',
          `two handlers would be called ${name}; this one becomes ${settled}`,
          sourceMap(item),
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
  const wrapped = isMultiFormat(inner);
  const location = wrapped ? 'payload/schema' : 'payload';
  const payload = types.payload(
    document,
    wrapped ? inner : node,
    wrapped ? 'schema' : 'payload',
    payloadNames(message, name),
    message.definition ? `${message.definition.pointer}/${location}` : `event:${name}`,
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
    deliveryKey: [],
    contentTypes: [],
    ...extension,
    examples: examplesOf(node),
    document: document.name,
  };
  const schema = wrapped ? { at: inner, key: 'schema' } : { at: node, key: 'payload' };
  return noteNode(event, { document, at: channel.node, payload: schema });
}

/** The schema of a payload, whichever form of AsyncAPI it has. */
function schemaOf({ payload }: JsonObject): Json {
  return (isMultiFormat(payload) ? payload['schema'] : payload) ?? true;
}

/**
 * What a payload that is written in place may be called: after its message, UserSignedUp gives UserSignedUpPayload, or after
 * the event, where another channel has a message of that name.
 */
function payloadNames({ definition, key, title, node }: Message, event: string): readonly [string, string] {
  const { name: ownName } = node;
  const name = [
    definition?.name,
    ...(key !== undefined && isConverted.test(key) ? [ownName] : [key]),
    title,
    event,
  ].find((each) => typeof each === 'string' && hasName(each)) as string | undefined;
  const called = [name ?? event, event].map((each) => (/payload$/i.test(each) ? each : `${each} Payload`));
  return called as [string, string];
}

/** The key that the converter to AsyncAPI 3 gives a message that nobody named. */
const isConverted = /^(?:publish|subscribe)\.message(?:\.\d+)?$/;

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
      diagnostic('name-rejected', 'the channel has no name that can be shown', document.sourceMap.of(node)),
    );
  }
  return name.length <= 200 ? name : `${name.slice(0, 180)}${typeName(name).slice(-6)}`;
}

function reportEmpty({ document, node, key }: Channel, report: Report): void {
  report(diagnostic('channel-empty', `the channel ${key} has no message`, document.sourceMap.of(node)));
}

/** Points out messages of one channel that a receiver cannot tell apart. */
function reportNotToldApart(name: string, drafts: readonly Draft[], report: Report): void {
  const [first] = drafts;
  if (first === undefined || drafts.length < 2) return;
  const words = drafts.flatMap(({ extension: { discriminator } }) =>
    discriminator ? [JSON.stringify(discriminator)] : [],
  );
  if (words.length === drafts.length && new Set(words).size === words.length) return;
  const paths = drafts.map((each) => `/${each.name.split('/').map(encodeURIComponent).join('/')}`);
  const shown = paths.length > 3 ? [...paths.slice(0, 3), `${paths.length - 3} more`] : paths;
  const answer =
    words.length === 0 ? `a POST to /${name} is answered 404` : 'not every delivery finds its event';
  report(
    diagnostic(
      'messages-not-told-apart',
      `no discriminator tells the ${drafts.length} messages of ${name} apart: ${answer}; each has a path of its own, ${shown.join(', ')}`,
      first.channel.document.sourceMap.of(first.channel.node),
    ),
  );
}

/** Points out an address that no sender calls: the receiver compares paths as they stand. */
function reportParameters(
  name: string,
  { document, node }: Channel,
  [first]: readonly Draft[],
  report: Report,
): void {
  const parameters = resolve(document.data, node['parameters']);
  const braced = Object.keys(isObject(parameters) ? parameters : {}).filter((each) =>
    name.includes(`{${each}}`),
  );
  if (braced.length === 0) return;
  const real = braced.reduce((path, each) => path.replaceAll(`{${each}}`, '…'), `/${name}`);
  const message = `the receiver takes {${braced.join('}, {')}} in /${name} as it stands: a path such as ${real} finds no event`;
  const fix = `Name each path that is called in \`routes\` of createReceiver: \`routes: { ${quoted(real)}: ${quoted(first?.name ?? name)} }\`.`;
  report({ ...diagnostic('address-parameters', message, document.sourceMap.of(node)), fix });
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}

/** Whether a message has a payload that is JSON. */
function hasPayload(channel: Channel, { node, contentType }: Message, report: Report): boolean {
  const { data, sourceMap } = channel.document;
  const payload = node['payload'];
  if (payload === undefined) {
    report(
      diagnostic('payload-missing', `a message of ${channel.key} declares no payload`, sourceMap.of(node)),
    );
    return false;
  }
  const traits = Array.isArray(node['traits']) ? (node['traits'] as JsonArray) : [];
  const holders = [payload, node, ...traits.map((trait) => resolve(data, trait))];
  for (const holder of holders.filter(isObject)) {
    if (holder !== payload || isMultiFormat(payload)) checkFormat(holder, sourceMap, report);
  }
  if (contentType === undefined || /[/+]json\b|x-www-form-urlencoded/i.test(contentType)) return true;
  report(
    diagnostic(
      'payload-not-json',
      `a message of ${channel.key} is ${contentType}`,
      sourceMap.of(node, 'contentType') ?? sourceMap.of(node),
    ),
  );
  return false;
}

function examplesOf(node: JsonObject): readonly Json[] {
  const examples = node['examples'];
  if (!Array.isArray(examples)) return [];
  return (examples as JsonArray).flatMap((each) =>
    isObject(each) && each['payload'] !== undefined ? [each['payload']] : [],
  );
}

const messageKeys = ['discriminator', 'deliveryKey', 'contentTypes'];
const channelKeys = ['product', ...messageKeys];

/** What `x-event` says of a channel, or of one message of it. */
function readExtension(document: Document, node: JsonObject, keys: readonly string[]): Extension {
  const raw = resolve(document.data, node['x-event']);
  if (raw === undefined) return {};
  const wrong = (message: string, key?: string) =>
    new Rejected(
      diagnostic(
        'event-extension-invalid',
        `x-event${message}`,
        isObject(raw) && key !== undefined
          ? document.sourceMap.of(raw, key)
          : document.sourceMap.of(node, 'x-event'),
      ),
    );
  if (!isObject(raw)) throw wrong(' must be an object');
  const unknown = Object.keys(raw).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw wrong(' has a key that is not read', unknown);

  const { product, discriminator } = raw;
  if (product !== undefined && (typeof product !== 'string' || product === '' || hasHidden(product))) {
    throw wrong('.product must be a name', 'product');
  }
  const strings = (key: 'deliveryKey' | 'contentTypes', form: RegExp, what: string): Extension => {
    if (!Object.hasOwn(raw, key)) return {};
    const value = raw[key];
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string' && form.test(each))) {
      throw wrong(`.${key} must be a list of ${what}`, key);
    }
    return { [key]: value as readonly string[] };
  };
  return {
    ...(discriminator !== undefined && { discriminator: readDiscriminator(discriminator, wrong) }),
    ...strings(
      'deliveryKey',
      /^\$message\.(?:header#\/[!#$%&'*+.^_`|~0-9A-Za-z-]+|payload#(?:\/[^\s/]+)+)$/,
      'runtime expressions such as $message.payload#/id',
    ),
    ...strings('contentTypes', /^[\w.+-]+\/[\w.+-]+$/, 'media types'),
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
          channel.document.sourceMap.of(channel.node),
        ),
      );
    }
    plain.set(folded, name);
  }
}

/** A kind of object in an AsyncAPI document that people put members into which belong elsewhere. */
export type ObjectKind =
  | 'root'
  | 'info'
  | 'contact'
  | 'license'
  | 'server'
  | 'channel'
  | 'operation'
  | 'message'
  | 'parameter'
  | 'components';

export type Major = 2 | 3;

/** The kind of the object at the end of a path from the document's root; undefined where it is another one. */
export function kindAt(path: readonly (string | number)[]): ObjectKind | undefined {
  let kind: ObjectKind | undefined = 'root';
  for (let index = 0; index < path.length && kind !== undefined; index += 1) {
    const [step, following] = [String(path[index]), path[index + 1]];
    const inside: Inside | undefined = Object.hasOwn(insides[kind], step) ? insides[kind][step] : undefined;
    if (inside?.many === true && following === undefined) return undefined;
    kind = inside?.kind;
    if (inside?.many === true) index += 1;
  }
  return kind;
}

/** What a kind of object may have for members, in one version of AsyncAPI. */
export function membersOf(kind: ObjectKind, version: string): readonly string[] {
  return members[majorOf(version)][kind].filter(
    (member) => (since.get(`${kind}.${member}`) ?? version) <= version,
  );
}

/** The version from which on a kind of object may have a member, where the major version of a document began without it. */
export function memberSince(kind: ObjectKind, member: string, version: string): string | undefined {
  const first = since.get(`${kind}.${member}`);
  return majorOf(version) === 2 && first !== undefined && first > version ? first : undefined;
}

export function majorOf(version: string): Major {
  return version.startsWith('2.') ? 2 : 3;
}

interface Inside {
  readonly kind: ObjectKind;
  /** Whether a step more leads to it: it is one of a map or a list. */
  readonly many?: boolean;
}

const insides: Readonly<Record<ObjectKind, Readonly<Record<string, Inside>>>> = {
  root: {
    info: { kind: 'info' },
    servers: { kind: 'server', many: true },
    channels: { kind: 'channel', many: true },
    operations: { kind: 'operation', many: true },
    components: { kind: 'components' },
  },
  info: { contact: { kind: 'contact' }, license: { kind: 'license' } },
  contact: {},
  license: {},
  server: {},
  channel: {
    publish: { kind: 'operation' },
    subscribe: { kind: 'operation' },
    messages: { kind: 'message', many: true },
    parameters: { kind: 'parameter', many: true },
  },
  operation: {
    channel: { kind: 'channel' },
    message: { kind: 'message' },
    messages: { kind: 'message', many: true },
  },
  message: { oneOf: { kind: 'message', many: true } },
  parameter: {},
  components: {
    servers: { kind: 'server', many: true },
    channels: { kind: 'channel', many: true },
    operations: { kind: 'operation', many: true },
    messages: { kind: 'message', many: true },
    parameters: { kind: 'parameter', many: true },
  },
};

const shared: Readonly<Record<'contact' | 'license', readonly string[]>> = {
  contact: words('name url email'),
  license: words('name url'),
};

/** The members of each kind of object, as the last specification of each major version lists them. */
const members: Readonly<Record<Major, Readonly<Record<ObjectKind, readonly string[]>>>> = {
  2: {
    ...shared,
    root: words('asyncapi id info servers defaultContentType channels components tags externalDocs'),
    info: words('title version description termsOfService contact license'),
    server: words('url description protocol protocolVersion variables security bindings tags'),
    channel: words('$ref parameters description servers publish subscribe deprecated bindings'),
    operation: words('traits summary description security tags externalDocs operationId bindings message'),
    message: words(
      `oneOf schemaFormat contentType headers payload messageId correlationId tags summary name title description externalDocs
       deprecated examples bindings traits`,
    ),
    parameter: words('description schema location'),
    components: words(
      `schemas servers channels serverVariables messages securitySchemes parameters correlationIds operationTraits
       messageTraits serverBindings channelBindings operationBindings messageBindings`,
    ),
  },
  3: {
    ...shared,
    root: words('asyncapi id info servers defaultContentType channels operations components'),
    info: words('title version description termsOfService contact license tags externalDocs'),
    server: words(
      `host pathname title summary description protocol protocolVersion variables security tags externalDocs bindings`,
    ),
    channel: words(
      'address messages parameters title summary description servers tags externalDocs bindings',
    ),
    operation: words(
      'action channel messages reply traits title summary description security tags externalDocs bindings',
    ),
    message: words(
      `contentType headers payload correlationId tags summary name title description externalDocs deprecated examples bindings
       traits`,
    ),
    parameter: words('description enum default examples location'),
    components: words(
      `schemas servers channels serverVariables operations messages securitySchemes parameters correlationIds operationTraits
       messageTraits replies replyAddresses serverBindings channelBindings operationBindings messageBindings tags externalDocs`,
    ),
  },
};

/** The first minor version of AsyncAPI 2 that has a member, where that is not 2.0.0. */
const since: ReadonlyMap<string, string> = new Map([
  ['channel.servers', '2.2.0'],
  ['components.servers', '2.3.0'],
  ['components.channels', '2.3.0'],
  ['components.serverVariables', '2.4.0'],
  ['message.messageId', '2.4.0'],
  ['operation.security', '2.4.0'],
  ['server.tags', '2.5.0'],
]);

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

import { majorOf, membersOf, type Major, type ObjectKind } from './members.js';

/** Where a member that stands in the wrong object belongs. */
export interface Home {
  /** `at the root of the document`. */
  readonly where: string;
  /** Whether the other major version of AsyncAPI has the member where it stands. */
  readonly inOtherVersion: boolean;
  /** Whether the document means the same without it, as far as a receiver is concerned. */
  readonly spare: boolean;
}

/** Where a member belongs that a kind of object cannot have; undefined where nobody knows. */
export function homeOf(kind: ObjectKind, member: string, version: string): Home | undefined {
  const major = majorOf(version);
  const where = homes[major][kind]?.get(member);
  if (where === undefined) return undefined;
  const other = major === 2 ? '3.0.0' : '2.6.0';
  return {
    where,
    inOtherVersion: membersOf(kind, other).includes(member),
    // No kit says anything of parameters.
    spare: kind === 'parameter' || descriptive.has(member),
  };
}

/** Members that only describe: the kit is the same without them. */
const descriptive: ReadonlySet<string> = new Set(
  'title summary description termsOfService contact license version tags externalDocs id operationId messageId deprecated'.split(
    ' ',
  ),
);

const root = 'at the root of the document';
const schemaWords =
  'schema type properties required items additionalProperties enum allOf anyOf format pattern definitions $schema';
const aboutService = 'title version description termsOfService contact license';
const reused = 'schemas messages securitySchemes parameters correlationIds operationTraits messageTraits';

/** `a b` gives a row for each word. */
function rows(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([members, where]) =>
      members.split(' ').map((member) => [member, where] as const),
    ),
  );
}

/** By major version and kind of object: the members that people put there, and where the specification has them. */
const homes: Readonly<Record<Major, Partial<Record<ObjectKind, ReadonlyMap<string, string>>>>> = {
  2: {
    root: rows({
      [aboutService]: 'in `info`',
      [reused]: 'in `components`',
      operations: 'in the channels, as `publish` and `subscribe`',
      'paths topics events webhooks': 'in `channels`',
      security: 'in a server, or from 2.4.0 on in an operation',
    }),
    info: rows({ 'externalDocs tags servers defaultContentType id channels components': root }),
    server: rows({ 'host pathname': 'in `url`', externalDocs: root }),
    channel: rows({
      'operationId summary tags externalDocs security traits': 'in `publish` or `subscribe`',
      message: 'in `publish` or `subscribe`',
      messages: 'in `publish` or `subscribe`, as the `oneOf` of its `message`',
      'payload headers contentType schemaFormat examples': 'in the `message` of `publish` or `subscribe`',
      address: 'in `channels`, as the key of the channel',
    }),
    operation: rows({
      'payload headers contentType schemaFormat examples messageId': 'in its `message`',
      'messages oneOf': 'in its `message`, as `oneOf`',
      'parameters servers': 'in the channel around it',
      action: 'in the channel, whose `publish` or `subscribe` says it',
    }),
    message: rows({ [schemaWords]: 'in `payload`', operationId: 'in the operation around it' }),
    parameter: rows({
      'type enum default examples format pattern minLength maxLength minimum maximum': 'in its `schema`',
    }),
    components: rows({ definitions: 'in `schemas`', 'tags externalDocs': root }),
  },
  3: {
    root: rows({
      [`${aboutService} tags externalDocs`]: 'in `info`',
      [`${reused} replies`]: 'in `components`',
      'paths topics events webhooks': 'in `channels`',
      security: 'in a server or an operation',
    }),
    info: rows({ 'servers defaultContentType id channels operations components': root }),
    server: rows({ url: 'in `host` and `pathname`' }),
    channel: rows({
      publish: 'in `operations` at the root, as an operation with `action: receive`',
      subscribe: 'in `operations` at the root, as an operation with `action: send`',
      operationId: 'in `operations` at the root, as the key of an operation',
      'security traits': 'in an operation',
      'message oneOf': 'in `messages`, under a key of its own',
      'payload headers contentType examples': 'in a message of `messages`',
    }),
    operation: rows({
      operationId: 'in `operations`, as the key of the operation',
      message: 'in `messages`, as a reference to a message of the channel',
      'payload headers contentType examples': 'in a message of the channel',
      'parameters servers address': 'in the channel',
    }),
    message: rows({
      messageId: 'in `messages`, as the key of the message',
      schemaFormat: 'in `payload`, beside a `schema`',
      [schemaWords]: 'in `payload`',
      oneOf: 'in the `messages` of the channel, each under a key of its own',
      operationId: 'in `operations` at the root, as the key of an operation',
    }),
    parameter: rows({ schema: 'in the parameter itself, as `enum`, `default` and `examples`' }),
    components: rows({ definitions: 'in `schemas`' }),
  },
};

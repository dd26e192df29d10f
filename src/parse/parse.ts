import {
  Parser,
  type ChannelInterface,
  type MessageInterface,
  type OperationInterface,
} from '@asyncapi/parser';
import type { Channel, Message, Operation } from '../model/channel.js';
import type { Document } from '../model/document.js';
import type { Json, JsonObject } from '../model/json.js';
import { isObject, resolve } from '../model/pointer.js';
import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { unreached } from './unreached.js';
import { repeatedIds } from './message-ids.js';
import { cutMark, skeleton, type CutMessage } from './skeleton.js';
import { translated, withoutAlternatives } from './findings.js';
import { isWellStructured } from './structure.js';
import { versionFault } from './version.js';

export interface ParseOptions {
  /** Whether to report what the parser recommends beside what is wrong. */
  readonly style: boolean;
}

/**
 * Checks that documents are AsyncAPI 2.0 to 3.1 and reads their channels, with traits applied. All documents are read
 * before the first bad one ends the run, so that one run names what is wrong with each.
 *
 * @throws Rejected with the parser's errors, at their positions in the files.
 */
export async function parse(
  documents: readonly Document[],
  { style }: ParseOptions,
  report: Report,
): Promise<readonly Channel[]> {
  const parsers = parsersFor(style);
  const channels: Channel[] = [];
  const errors: Diagnostic[] = [];
  for (const document of documents) {
    const fault = versionFault(document);
    if (fault !== undefined) {
      errors.push(fault);
      continue;
    }
    const { data, messages } = skeleton(document.data, document.quoted);
    errors.push(...repeatedIds(messages, document));
    const parser = (await isWellStructured(data)) ? parsers.sound : parsers.thorough;
    const result = await parser.parse(JSON.stringify(data), { parseSchemas: false });
    const findings = withoutAlternatives(result.diagnostics, String(document.data['asyncapi']))
      .filter(({ code }) => code !== 'asyncapi-unused-component') // a skeleton uses no schema
      .map((finding) => translated(finding, document));
    errors.push(...findings.filter(({ severity }) => severity === 'error'));
    findings.filter(({ severity }) => severity !== 'error').forEach(report);
    if (!result.document) continue;
    unreached(messages, document).forEach(report);
    for (const channel of result.document.channels()) channels.push(read(channel, document, messages));
  }
  if (errors.length > 0) throw new Rejected(...errors);
  return channels;
}

/** The parser, and the parser without the checks that a well-structured document has passed already. Made on first use. */
function parsersFor(style: boolean): { readonly thorough: Parser; readonly sound: Parser } {
  const rules = style ? beyondSkeletons : ({ ...beyondSkeletons, 'asyncapi-latest-version': 'off' } as const);
  const structure = { 'asyncapi-document-resolved': 'off', 'asyncapi-document-unresolved': 'off' } as const;
  let thorough: Parser | undefined;
  let sound: Parser | undefined;
  return {
    get thorough() {
      return (thorough ??= new Parser({ ruleset: { recommended: style, rules } }));
    },
    get sound() {
      return (sound ??= new Parser({ ruleset: { recommended: style, rules: { ...rules, ...structure } } }));
    },
  };
}

/**
 * What most of these check is not in a skeleton: the catalog reads schemas. The one about ids takes one message of two
 * operations for two.
 */
const beyondSkeletons = {
  'asyncapi2-message-messageId-uniqueness': 'off',
  'asyncapi2-schemas': 'off',
  'asyncapi2-schema-default': 'off',
  'asyncapi2-schema-examples': 'off',
  'asyncapi2-message-examples': 'off',
  'asyncapi2-message-examples-custom-format': 'off',
} as const;

function read(channel: ChannelInterface, document: Document, cuts: readonly CutMessage[]): Channel {
  const key = channel.id();
  const messages = new Map<CutMessage, Message>();
  const operations = [...channel.operations()];
  const offered: [MessageInterface, OperationInterface | undefined][] = [
    ...operations.flatMap((operation) =>
      [...operation.messages()].map((each) => [each, operation] as [MessageInterface, OperationInterface]),
    ),
    ...[...channel.messages()].map((each) => [each, undefined] as [MessageInterface, undefined]),
  ];
  for (const [message, operation] of offered) {
    const cut = cutOf(message, cuts);
    if (cut && !messages.has(cut)) messages.set(cut, readMessage(message, operation, cut, document));
  }
  const container = document.data['channels'];
  const node =
    isObject(container) && Object.hasOwn(container, key) ? resolve(document.data, container[key]) : undefined;
  return {
    document,
    key,
    address: channel.address() ?? undefined,
    node: isObject(node) ? node : {},
    description: channel.description(),
    messages: [...messages.values()],
  };
}

function readMessage(
  message: MessageInterface,
  operation: OperationInterface | undefined,
  cut: CutMessage,
  document: Document,
): Message {
  return {
    key: cut.key ?? message.name(),
    definition: cut.definition,
    title: message.title(),
    summary: message.summary(),
    description: message.description(),
    contentType: message.contentType(),
    node: cut.node,
    operation: operation && readOperation(operation, document),
  };
}

function readOperation(operation: OperationInterface, document: Document): Operation {
  return {
    id: operation.operationId() ?? operation.id(),
    summary: operation.summary(),
    description: operation.description(),
    security: both(
      alternatives(operation.security()),
      [...operation.servers()].flatMap((server) => alternatives(server.security())),
      document,
    ),
  };
}

type Alternatives = Operation['security'];

function alternatives(requirements: ReturnType<OperationInterface['security']>): Alternatives {
  return requirements.map((each) => [...each].map((one) => one.scheme().json() as Json));
}

/** What an operation asks for is asked for beside what its servers ask for, where both ask (AsyncAPI, `security`). */
function both(own: Alternatives, servers: Alternatives, { data, sourceMap }: Document): Alternatives {
  if (own.length === 0 || servers.length === 0) return [...own, ...servers];
  if (own.length * servers.length > 100) {
    const message =
      'the security requirements of an operation and its servers make more than 100 alternatives';
    throw new Rejected(diagnostic('security-too-many', message, sourceMap.of(data, 'channels')));
  }
  return own.flatMap((each) => servers.map((other) => [...each, ...other]));
}

/** The mark in place of its payload leads back to the message it was cut from. */
function cutOf(message: MessageInterface, cuts: readonly CutMessage[]): CutMessage | undefined {
  const payload = message.payload()?.json() as JsonObject | undefined;
  const mark = payload?.[cutMark];
  return typeof mark === 'number' ? cuts[mark] : undefined;
}

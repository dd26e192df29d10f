import { closestMatch } from 'leven';
import type { Diagnostic as ParserFinding } from '@asyncapi/parser';
import type { Json } from '../model/json.js';
import { kindAt, memberSince, membersOf, type ObjectKind } from './members.js';
import { homeOf } from './misplaced.js';

/** What a finding of the parser says to the user, and what they do about it. */
export interface Explained {
  readonly message: string;
  /** Undefined where there is nothing to say but that the document is to be corrected. */
  readonly fix: string | undefined;
  /** Whether it is about a member that should not be there, not about its value. */
  readonly isAboutKey: boolean;
}

/**
 * Explains what the parser finds wrong: where a member belongs, which word was meant, what is missing.
 *
 * @param value what the document has at the path of the finding
 * @param target a JSONPath of it for an overlay; undefined where it is in a file that overlays do not change
 */
export function explained(
  { code, message, path }: ParserFinding,
  version: string,
  value: Json | undefined,
  target: string | undefined,
): Explained {
  const member = unexpectedMember(message);
  if (member !== undefined)
    return { ...unexpected(member, kindAt(path.slice(0, -1)), message, version, target), isAboutKey: true };
  const byRule = rules.get(String(code));
  const fix = byRule?.find(([form]) => form.test(message))?.[1] ?? structural(message, value);
  return { message, fix, isAboutKey: false };
}

function unexpected(
  member: string,
  kind: ObjectKind | undefined,
  message: string,
  version: string,
  target: string | undefined,
): Omit<Explained, 'isAboutKey'> {
  const remove = target === undefined ? '' : `, with \`target: ${target}\` and \`remove: true\``;
  const orOverlay = `leave the document as it is and remove it in an overlay${remove}`;
  const otherwise = { message, fix: `Remove it, or ${orOverlay}.` };
  if (kind === undefined) return otherwise;
  const [shown, owner] = [`\`${member}\``, names[kind]];

  const home = homeOf(kind, member, version);
  if (home !== undefined) {
    const other = version.startsWith('2.') ? 3 : 2;
    const note = home.inOtherVersion ? `; AsyncAPI ${other} has it here` : '';
    return {
      message: `${shown} is no member of ${owner} in AsyncAPI ${version}: it belongs ${home.where}${note}.`,
      fix: home.spare
        ? `Move it there, or ${orOverlay}.`
        : 'Move it there, in the document or with an overlay.',
    };
  }
  const first = memberSince(kind, member, version);
  if (first !== undefined) {
    return {
      message: `${shown} is no member of ${owner} in AsyncAPI ${version}: it is one from ${first} on.`,
      fix: `Write \`asyncapi: ${first}\` or a later version of 2, or ${orOverlay}.`,
    };
  }
  const near = closestMatch(member.slice(0, longest), [...membersOf(kind, version)], {
    maxDistance: member.length > 4 ? 2 : 1,
  });
  if (near === undefined) return otherwise;
  return {
    message: `${shown} is no member of ${owner} in AsyncAPI ${version}; \`${near}\` is the nearest.`,
    fix: `Write \`${near}\`, or ${orOverlay}.`,
  };
}

const longest = 40;

const names: Readonly<Record<ObjectKind, string>> = {
  root: 'the root of the document',
  info: '`info`',
  contact: '`contact`',
  license: '`license`',
  server: 'a server',
  channel: 'a channel',
  operation: 'an operation',
  message: 'a message',
  parameter: 'a parameter',
  components: '`components`',
};

/** What to do about a value that has the wrong form. */
function structural(message: string, value: Json | undefined): string | undefined {
  const missing = /must have required property "([^"]*)"/.exec(message)?.[1];
  if (missing !== undefined) return `Add \`${missing}\`, in the document or with an overlay.`;
  const meant = /must be equal to one of the allowed values:.* Did you mean "([^"]*)"\?/.exec(message)?.[1];
  if (meant !== undefined) return `Write \`${meant}\`, if that was meant, or another of these values.`;
  const type = /property type must be (\w+)/.exec(message)?.[1];
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return `Write it in quotes: without them it is a ${typeof value}.`;
  if (type !== undefined && value !== undefined)
    return `Write ${type === 'string' ? 'a text' : withArticle(type)} here.`;
  return undefined;
}

function withArticle(type: string): string {
  return type === 'array' ? 'a list' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

type Rule = readonly (readonly [form: RegExp, fix: string])[];

const undescribed = 'under `parameters`, or take the braces out of the address of the channel.';
const unknownServer: Rule = [[/./, 'Correct the name, or add the server to `servers`.']];
const noQuery: Rule = [[/./, 'Take the query and the fragment out of the address of the channel.']];
const parameters: Rule = [
  [/redundant/, 'Remove it, or name it in braces in the address of the channel.'],
  [/./, `Describe each of them ${undescribed}`],
];
const scheme: Rule = [[/./, 'Name a scheme of `components.securitySchemes`, or add it there.']];

/** What to do about a fault that a rule of the parser finds, by the rule and the form of its words. */
const rules: ReadonlyMap<string, Rule> = new Map([
  ['asyncapi2-channel-parameters', parameters],
  ['asyncapi3-channel-parameters', parameters],
  ['asyncapi2-channel-servers', unknownServer],
  ['asyncapi3-channel-servers', [[/./, 'Refer to a server at the root: `#/servers/<key>`.']]],
  [
    'asyncapi3-required-channel-servers-unambiguity',
    [[/./, 'Refer to a server at the root: `#/servers/<key>`.']],
  ],
  [
    'asyncapi2-server-variables',
    [
      [/redundant/, 'Remove it, or name it in braces in the `url` of the server.'],
      [/./, 'Describe each of them under `variables`, or take the braces out of the `url`.'],
    ],
  ],
  ['asyncapi2-channel-no-query-nor-fragment', noQuery],
  ['asyncapi3-channel-no-query-nor-fragment', noQuery],
  [
    'asyncapi2-operation-operationId-uniqueness',
    [[/./, 'Give each operation an `operationId` of its own, or leave it out.']],
  ],
  ['asyncapi2-server-security', scheme],
  ['asyncapi2-operation-security', scheme],
  ['asyncapi2-tags-uniqueness', [[/./, 'Remove one of the two tags, in the document or with an overlay.']]],
  [
    'asyncapi3-operation-messages-from-referred-channel',
    [[/./, 'Refer to the message as the channel has it: `#/channels/<key>/messages/<key>`.']],
  ],
  [
    'asyncapi3-required-operation-channel-unambiguity',
    [[/./, 'Refer to a channel at the root: `#/channels/<key>`.']],
  ],
]);

/** The member that a finding says should not be where it is. */
export function unexpectedMember(message: string): string | undefined {
  return /^Property "([^"]*)" is not expected to be here$/.exec(message)?.[1];
}

import type { Document } from '../model/document.js';
import type { Json, JsonArray, JsonObject } from '../model/json.js';
import { isObject, resolve } from '../model/pointer.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { CutMessage } from './skeleton.js';

/** What a document describes and no channel of it has: messages, and in AsyncAPI 3 replies. */
export function unreached(messages: readonly CutMessage[], document: Document): readonly Diagnostic[] {
  const sent = new Set(messages.filter((each) => each.sent).map(({ node }) => node));
  const unused = new Set(messages.map(({ node }) => node).filter((node) => !sent.has(node)));
  return [
    ...[...unused].map((node) =>
      diagnostic('message-unused', 'no channel has this message', document.sourceMap.of(node)),
    ),
    ...repliesOutside(document, sent),
  ];
}

function repliesOutside({ data, sourceMap }: Document, sent: ReadonlySet<JsonObject>): readonly Diagnostic[] {
  const found = (value: Json | undefined) => resolve(data, value);
  const channels = new Set(valuesOf(data['channels']).map(found));
  return valuesOf(data['operations']).flatMap((each) => {
    const operation = found(each);
    const reply = isObject(operation) ? found(operation['reply']) : undefined;
    if (!isObject(operation) || !isObject(reply)) return [];
    const { channel, messages } = reply;
    const listed = Array.isArray(messages) ? (messages as JsonArray).map(found) : [];
    const location = sourceMap.of(operation, 'reply');
    if (channel !== undefined && !channels.has(found(channel)))
      return diagnostic('reply-outside-channel', 'the reply is on no channel', location);
    if (listed.every((message) => isObject(message) && sent.has(message))) return [];
    return {
      ...diagnostic('reply-outside-channel', 'no channel has a message of the reply', location),
      fix: 'Add the messages of the reply to a channel, and refer to them there.',
    };
  });
}

function valuesOf(value: Json | undefined): readonly Json[] {
  return isObject(value) ? Object.values(value) : [];
}

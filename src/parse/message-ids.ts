import type { Document } from '../model/document.js';
import type { Json, JsonArray, JsonObject } from '../model/json.js';
import { isObject, resolve } from '../model/pointer.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { CutMessage } from './skeleton.js';

/**
 * Errors for different messages of channels with one `messageId`. One message that two operations refer to is one message, and
 * so is one that an alias of YAML has copied. AsyncAPI 3 has no `messageId`.
 */
export function repeatedIds(messages: readonly CutMessage[], document: Document): readonly Diagnostic[] {
  if (!String(document.data['asyncapi']).startsWith('2.')) return [];
  const known = new Map<string, JsonObject>();
  const errors: Diagnostic[] = [];
  for (const { node, sent } of messages) {
    const holder = sent ? holderOfId(node, document.data) : undefined;
    if (holder === undefined) continue;
    const id = holder['messageId'] as string;
    const first = known.get(id) ?? node;
    known.set(id, first);
    if (first === node || JSON.stringify(first) === JSON.stringify(node)) continue;
    errors.push(
      diagnostic(
        'asyncapi-invalid',
        `two different messages have the messageId ${id}`,
        document.sourceMap.of(holder, 'messageId'),
      ),
    );
  }
  return errors;
}

/** What gives a message its id: the last of its traits that has one, else the message itself. */
function holderOfId(node: JsonObject, data: JsonObject): JsonObject | undefined {
  const traits = Array.isArray(node['traits']) ? (node['traits'] as JsonArray) : [];
  return [node, ...traits.map((trait: Json) => resolve(data, trait))]
    .filter(isObject)
    .findLast((each) => typeof each['messageId'] === 'string');
}

import type { Json } from '../model/json.js';

/** Products whose bodies the vendor makes: no rule of a user's has a template for them. */
const withoutTemplates = new Set(['freshchat', 'helpdesk', 'whatsapp']);

export function hasTemplates(product: string): boolean {
  return !withoutTemplates.has(product);
}

/**
 * A payload as an Advanced template gives it that has a placeholder without quotes: the text stands there bare, and the body is
 * no JSON (seen in the field; grade: 1).
 */
export function brokenTemplate(payload: Json): string {
  const text = JSON.stringify(payload);
  const tokens: readonly string[] = text.match(/"(?:[^"\\]|\\.)*"|[^"]+/g) ?? [];
  // The last text that is the value of a member: texts end with a quote, so a colon in one is not taken for that of a member.
  const last = tokens.findLastIndex((token, at) => token.startsWith('"') && tokens[at - 1]?.endsWith(':'));
  if (last < 0) return `${text.slice(0, -1)},`;
  return tokens.with(last, bare(tokens[last] ?? '')).join('');
}

/** What begins like a number, or is a word of JSON, would be valid again. */
function bare(value: string): string {
  const inner = value.slice(1, -1);
  try {
    JSON.parse(inner);
    return '';
  } catch {
    return inner;
  }
}

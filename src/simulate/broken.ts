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
  // The last text that is the value of a member.
  const values = [...text.matchAll(/":("(?:[^"\\]|\\.)*")/g)];
  const last = values.at(-1);
  if (last === undefined) return `${text.slice(0, -1)},`;
  const [whole, value = ''] = last;
  const from = last.index + whole.length - value.length;
  return text.slice(0, from) + bare(value) + text.slice(from + value.length);
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

import type { Json } from '../model/json.js';

/**
 * A payload as `application/x-www-form-urlencoded` with bracket keys, as Freshdesk sends it where the rule says so:
 * `freshdesk_webhook[ticket_id]=11`. The kit reads it back to the same members and items. A form holds texts alone: a number
 * comes back as its digits, null as an empty text, and an object or a list of nothing not at all.
 *
 * @returns undefined for what is no object: a form has nothing else at its root
 */
export function formOf(payload: Json): string | undefined {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
  const fields: string[] = [];
  const open: { readonly key: string; readonly value: Json }[] = [];
  const push = (members: readonly (readonly [string, Json])[]) => {
    for (const [key, value] of [...members].reverse()) open.push({ key, value });
  };
  push(Object.entries(payload));
  // Without recursion: a payload may be nested as deep as it likes.
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { key, value } = next;
    if (Array.isArray(value)) push((value as readonly Json[]).map((item) => [`${key}[]`, item]));
    else if (typeof value === 'object' && value !== null)
      push(Object.entries(value).map(([name, member]) => [`${key}[${name}]`, member]));
    else fields.push(`${encoded(key)}=${encoded(value === null ? '' : String(value))}`);
  }
  return fields.join('&');
}

/** As browsers and Rack write it: a space is a plus sign, brackets of keys stay readable in neither. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%20/g, '+');
}

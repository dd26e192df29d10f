/**
 * The event that a file is called after: `freshdesk-ticket-created-simple.json`, or `freshdesk/ticket-created/1.json`. Of
 * several names the longest counts, and of its places the last.
 */
export function eventOfPath(path: string, events: readonly string[]): string | undefined {
  const words = wordsOf(path);
  let found: { readonly event: string; readonly length: number; readonly at: number } | undefined;
  for (const event of events) {
    const own = wordsOf(event);
    const at = lastIndexOf(words, own);
    if (at < 0) continue;
    const isBetter =
      found === undefined || own.length > found.length || (own.length === found.length && at > found.at);
    if (isBetter) found = { event, length: own.length, at };
  }
  return found?.event;
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function lastIndexOf(words: readonly string[], own: readonly string[]): number {
  for (let at = words.length - own.length; at >= 0; at -= 1)
    if (own.every((word, index) => words[at + index] === word)) return at;
  return -1;
}

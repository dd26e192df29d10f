import { readBuiltIn } from '../disk/built-in.js';

/** Several large kits' worth: `generate --watch` renders the same ones again and again. */
const charactersAtMost = 2 ** 25;

/**
 * Texts that Prettier has laid out, by a hash of all that they were made from: in this process, and when the program was
 * built. Nothing is kept on the user's disk: whoever could write there could put other code into a kit.
 */
const texts = new Map<string, string>();
let characters = 0;
let hasBuiltIn = false;

export function recall(key: string): string | undefined {
  if (!hasBuiltIn) takeBuiltIn();
  const text = texts.get(key);
  if (text !== undefined) keep(key, text);
  return text;
}

/** Keeps a text as the one that was used last, and drops those that were not for longest. */
export function keep(key: string, text: string): void {
  drop(key);
  texts.set(key, text);
  characters += text.length;
  for (const oldest of texts.keys()) {
    if (characters <= charactersAtMost) return;
    drop(oldest);
  }
}

function drop(key: string): void {
  characters -= texts.get(key)?.length ?? 0;
  texts.delete(key);
}

/** Everything that is kept, by its key. */
export function kept(): Readonly<Record<string, string>> {
  return Object.fromEntries(texts);
}

/** The kits of the shipped documents are laid out when the program is built. */
function takeBuiltIn(): void {
  hasBuiltIn = true;
  const built = (readBuiltIn('laid-out.json') ?? {}) as Record<string, string>;
  for (const [key, text] of Object.entries(built)) texts.set(key, text);
}

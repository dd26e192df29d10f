/** Words of a POSIX shell. What is not quoted here reaches no shell. */

/** A text as one word that stands for itself, whatever is in it. */
export function word(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What an environment variable holds, as a part of a word. */
export function variable(name: string): string {
  return `"$${name}"`;
}

/**
 * Whether a text can be shown in a terminal and copied from it as it is. NUL and controls cannot; what is invisible would show
 * another command than the one that runs.
 */
export function isPlain(text: string): boolean {
  return !/[^\P{C}\n\t]|[\u2028\u2029]/u.test(text);
}

/** A text as YAML reads it back: bare where it cannot be taken for anything else. */
export function scalar(text: string): string {
  return /^\.{0,2}\/[\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

/** A command as GitHub's runner takes it from a line of a step's output. */
export interface Command {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/**
 * Reads a line as the runner does: white space before `::` is skipped, the next `::` ends the properties, an empty property is
 * none, and an `=` that follows on another is dropped with it. Undefined for a line that is no command.
 */
export function commandIn(line: string): Command | undefined {
  const text = line.trimStart();
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  if (end < 0) return undefined;
  const info = text.slice(2, end);
  const space = info.indexOf(' ');
  const list = space > 0 ? info.slice(space + 1).trim() : '';
  const properties = new Map<string, string>();
  for (const pair of list.split(',')) {
    const { key, value } = /^=*(?<key>[^=]+)=+(?<value>[^]+)$/.exec(pair)?.groups ?? {};
    if (key !== undefined && value !== undefined) properties.set(key, unescaped(value, property));
  }
  return {
    name: space < 0 ? info : info.slice(0, space),
    properties,
    data: unescaped(text.slice(end + 2), data),
  };
}

/** What the runner replaces, in its order: the percent sign comes last. */
const data = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const property = [...data.slice(0, 2), ['%3A', ':'], ['%2C', ','], ...data.slice(2)] as const;

function unescaped(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((before, [escape, character]) => before.replaceAll(escape, character), text);
}

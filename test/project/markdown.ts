/**
 * A text of our catalogues as Markdown that shows it: code spans stay, and outside of them nothing is emphasis, a link, HTML or
 * the end of a table's cell.
 */
export function markdown(text: string): string {
  return text
    .split(/(`[^`\r\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]<>|&#~]/g, '\\$&')))
    .join('')
    .replace(/\s*[\r\n]+\s*/g, ' ');
}

/** In a table, a bar ends a cell in code spans too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`)
    .join('\n');
}

/** Text as it was written, line by line. */
export function code(text: string, language = ''): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

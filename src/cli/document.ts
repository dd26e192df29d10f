import { commandless, printable } from '../diagnostics/printable.js';
import { version } from '../version.js';

/** Prints the one JSON document of a run. `schemaVersion` changes when a member goes or changes its meaning. */
export function printDocument(content: object): void {
  printJson({ schemaVersion: 1, generator: version, ...content });
}

/** What would drive a terminal or a CI log stands in the JSON as the escape that it reads back. */
export function printJson(content: object): void {
  const text = JSON.stringify(content, undefined, 2);
  process.stdout.write(`${commandless(text.split('\n').map(printable).join('\n'))}\n`);
}

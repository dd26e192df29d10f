import { commandless, printable } from '../diagnostics/printable.js';
import { version } from '../version.js';

/**
 * Prints the one JSON document of a run. `schemaVersion` changes when a member goes or changes its meaning. What would drive a
 * terminal or a CI log stands in it as the escape that JSON reads back.
 */
export function printDocument(content: object): void {
  const text = JSON.stringify({ schemaVersion: 1, generator: version, ...content }, undefined, 2);
  process.stdout.write(`${commandless(text.split('\n').map(printable).join('\n'))}\n`);
}

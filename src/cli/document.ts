import { version } from '../version.js';

/** Prints the one JSON document of a run. `schemaVersion` changes when a member goes or changes its meaning. */
export function printDocument(content: object): void {
  process.stdout.write(
    `${JSON.stringify({ schemaVersion: 1, generator: version, ...content }, undefined, 2)}\n`,
  );
}

import { createInterface } from 'node:readline';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';

/** Somebody who answers questions. */
export interface Terminal {
  /** @returns the answer without white space around it; empty for Enter alone */
  ask(question: string): Promise<string>;
  close(): void;
}

/**
 * The terminal that the process was started at, where it has one.
 *
 * A question ends in `init-cancelled` at Ctrl-C, at the end of the input and where the terminal is gone.
 */
export function openTerminal(): Terminal | undefined {
  const { stdin: input, stderr: output } = process;
  if (!input.isTTY || !output.isTTY) return undefined;
  const reader = createInterface({ input, output });
  reader.on('SIGINT', () => reader.close());
  // Lines that are typed before their question is asked are kept.
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask(question) {
      reader.setPrompt(`${question} `);
      reader.prompt();
      const line: IteratorResult<string, unknown> = await lines.next();
      if (line.done !== true) return line.value.trim();
      output.write('\n');
      throw new Rejected(diagnostic('init-cancelled', 'Cancelled; nothing was written.'));
    },
    close: () => reader.close(),
  };
}

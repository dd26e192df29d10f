import type { Code } from '../diagnostics/catalogue.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';

/** Where a delivery was read from. */
export interface Origin {
  /** The file as messages name it. */
  readonly file: string;
  readonly line: number;
}

/** So many findings of a kind are reported one by one: a hundred thousand deliveries may have the same fault. */
const mostOfAKind = 5;

/** Collects findings about deliveries. They name places and fields, and quote nothing. */
export class Findings {
  readonly #found: Diagnostic[] = [];
  readonly #counts = new Map<Code, number>();

  readonly add = (code: Code, message: string, origin?: Origin): void => {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > mostOfAKind) return;
    const position = origin && { file: origin.file, line: origin.line, column: 1 };
    this.#found.push({ ...diagnostic(code, message), ...(position && { position }) });
  };

  all(): readonly Diagnostic[] {
    const more = [...this.#counts].filter(([, count]) => count > mostOfAKind);
    return [
      ...this.#found,
      ...more.map(([code, count]) => diagnostic(code, `and ${count - mostOfAKind} more of these`)),
    ];
  }
}

export type Find = Findings['add'];

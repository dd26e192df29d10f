import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { createSource, locationAt } from '../diagnostics/source.js';
import type { Json } from '../model/json.js';
import { pointerOf } from '../model/pointer.js';
import { laidOut, offsetsIn } from './layout.js';
import type { Issue } from './live-kit.js';

/** The body that was sent, as findings point into it. */
export interface SentBody {
  /** What messages call it: a file, or the event. */
  readonly name: string;
  /** The text as the user has it, where that is JSON; else it is laid out. */
  readonly text?: string | undefined;
  /** Undefined for a body that holds none. */
  readonly payload?: Json | undefined;
}

/** As many as an answer of the kit has at most, see templates/runtime/answers.ts. */
const maxIssues = 100;
const maxSteps = 64;

/**
 * The issues of an answer, where it is the 422 of a kit. What a stranger's server says is hostile: it is checked, and cut.
 *
 * @param redacted takes secrets out of a text, before it is cut: half a secret would not be found
 * @returns undefined for any other answer
 */
export function issuesIn(
  status: number,
  body: Uint8Array,
  redacted: (text: string) => string,
): readonly Issue[] | undefined {
  if (status !== 422) return undefined;
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
  const issues: unknown = (answer as { readonly issues?: unknown } | null)?.issues;
  if (!Array.isArray(issues)) return undefined;
  return issues.slice(0, maxIssues).flatMap((issue) => issueOf(issue, redacted) ?? []);
}

function issueOf(value: unknown, redacted: (text: string) => string): Issue | undefined {
  const { message, path } = (value ?? {}) as { readonly message?: unknown; readonly path?: unknown };
  if (typeof message !== 'string' || !Array.isArray(path)) return undefined;
  const steps = path.slice(0, maxSteps) as readonly unknown[];
  if (!steps.every((step) => typeof step === 'string' || typeof step === 'number')) return undefined;
  return {
    message: redacted(message).slice(0, 300),
    path: steps.map((step) => {
      const shown = redacted(String(step));
      return shown === String(step) ? step : shown;
    }),
  };
}

/** Each issue as a finding at its line and column in the body that was sent. */
export function findingsOf(
  issues: readonly Issue[],
  { name, text, payload }: SentBody,
): readonly Diagnostic[] {
  const shown = text ?? (payload === undefined ? undefined : laidOut(payload));
  const said = issues.map(({ message, path }) => printable(`${pointerOf(path)} ${message}`.trimStart()));
  if (shown === undefined) return said.map((message) => diagnostic('delivery-issue', message));
  const source = createSource(name, shown);
  const offsets = offsetsIn(
    shown,
    issues.map(({ path }) => path),
  );
  return said.map((message, at) =>
    diagnostic('delivery-issue', message, locationAt(source, offsets[at] ?? 0)),
  );
}

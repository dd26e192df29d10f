import type { Sent } from '../app/send.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { commandless, printable } from '../diagnostics/printable.js';
import { exitCodes } from './exit.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { count, printDiagnostics, say, style } from './print.js';

/** What a command that sent one delivery says of it: the answer's body is the data. */
export function sentOutcome(sent: Sent): Outcome {
  const { event, method, url, size, isSigned, outcome, diagnostics } = sent;
  const isTaken = 'status' in outcome && outcome.status === 200;
  const isRefused = diagnostics.some(({ code }) => code === 'delivery-issue');
  return {
    exitCode: isTaken ? exitCodes.fine : exitCodes.internal,
    findings: diagnostics,
    document: {
      ...(event !== undefined && { event }),
      method,
      url,
      bytes: size,
      signed: isSigned,
      ...('status' in outcome
        ? {
            status: outcome.status,
            milliseconds: rounded(outcome.milliseconds),
            answer: { contentType: outcome.contentType ?? null, body: outcome.body, cut: outcome.isCut },
          }
        : {
            failure: outcome.failure,
            reason: outcome.reason,
            milliseconds: rounded(outcome.milliseconds),
          }),
      diagnostics,
    },
    say() {
      const what = event === undefined ? '' : `${printable(event)}, `;
      say(
        `${method} ${printable(url)} (${what}${count(size, 'byte')}, ${isSigned ? 'with credentials' : 'without credentials'})`,
      );
      if ('status' in outcome) {
        say(
          `${style(isTaken ? 'green' : 'red', String(outcome.status))} in ${rounded(outcome.milliseconds)} ms`,
        );
        // Issues say what the answer says, and where.
        if (!isRefused && outcome.body !== '') process.stdout.write(shown(outcome.body, outcome.isCut));
      }
      printDiagnostics(diagnostics);
    },
  };
}

function shown(body: string, isCut: boolean): string {
  const lines = body.split(/\r?\n/).map(printable);
  return commandless(`${lines.join('\n').trimEnd()}${isCut ? '…' : ''}\n`);
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** The address after `--to`. */
export function targetIn({ to }: Flags): string {
  if (to !== undefined) return to;
  throw new Rejected(diagnostic('target-invalid', 'Nothing says where to send it: give `--to URL`.'));
}

interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
}

/** A number behind an option; undefined where the option is not given. */
export function numberIn(option: string, text: string, range: NumberRange): number;
export function numberIn(option: string, text: string | undefined, range: NumberRange): number | undefined;
export function numberIn(
  option: string,
  text: string | undefined,
  { least, most, isWhole = false }: NumberRange,
): number | undefined {
  if (text === undefined) return undefined;
  const value = (isWhole ? /^\d+$/ : /^\d+(?:\.\d+)?$/).test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  const kind = isWhole ? 'whole number' : 'number';
  throw new Rejected(
    diagnostic('usage-value-invalid', `\`${option}\` takes a ${kind} from ${least} to ${most}.`),
  );
}

/** A time-out in seconds as milliseconds. */
export function timeoutIn({ timeout }: Flags): number | undefined {
  const seconds = numberIn('--timeout', timeout, { least: 0.001, most: 3600 });
  return seconds === undefined ? undefined : seconds * 1000;
}

import type { Dev, DevReport, Summary } from '../app/dev/dev.js';
import { commandless, printable } from '../diagnostics/printable.js';
import { say, style } from './print.js';

/** Says what happens: to a reader on stderr, or as lines of JSON on stdout. No value of a delivery is in it. */
export interface CommandReport extends DevReport {
  started(dev: Dev, isKept: boolean): void;
  reloaded(brief: string): void;
}

export function devReport(asJson: boolean): CommandReport {
  return asJson ? jsonReport() : textReport();
}

function jsonReport(): CommandReport {
  const line = (value: object) => {
    process.stdout.write(`${commandless(printable(JSON.stringify(value)))}\n`);
  };
  return {
    started: ({ endpoint, page, forward }, isKept) =>
      line({ started: { endpoint, page, ...(forward !== undefined && { forward }), isKept } }),
    onDelivery: (delivery) => line({ delivery }),
    onProblem: (problem) => line({ problem }),
    reloaded: () => line({ reloaded: true }),
  };
}

function textReport(): CommandReport {
  return {
    started({ endpoint, page, forward }, isKept) {
      say(`Deliveries  ${style('bold', endpoint)}  point your tunnel here; every path is taken`);
      say(`Forwarded   ${forward === undefined ? 'nowhere: give --forward URL' : printable(forward)}`);
      say(`Page        ${style('bold', page)}`);
      say(
        `${isKept ? 'Deliveries are kept in your state folder; `dev --clear` removes them.' : 'Nothing is kept on the disk.'} Ctrl-C ends it.`,
      );
    },
    onDelivery: (summary) => say(`${clock()} ${lineOf(summary)}`),
    onProblem: (what) => say(`${clock()} ${style('red', printable(what))}`),
    reloaded: (brief) => say(`${clock()} ${brief}`),
  };
}

/** Time, event, verdicts and status: not the path, which may hold a secret, and nothing else of the delivery. */
export function lineOf(summary: Summary): string {
  const { event, source, attempt, validity, authenticity, issues, unknownFields, outcome } = summary;
  const notes = [
    source === 'received' ? '' : source,
    attempt > 1 ? `delivery ${attempt} of its row` : '',
    validity === 'invalid'
      ? style('red', `invalid (${issues})`)
      : validity === 'valid'
        ? 'valid'
        : style('yellow', validity),
    authenticity === 'refused' ? style('red', 'refused') : authenticity,
    unknownFields > 0 ? style('yellow', `${unknownFields} unknown`) : '',
  ].filter((note) => note !== '');
  return `${printable(event ?? 'no event of the documents')}  ${notes.join(', ')}  ${outcomeOf(outcome)}`;
}

function outcomeOf(outcome: Summary['outcome']): string {
  if (outcome === undefined) return '…';
  if ('kept' in outcome) return 'kept';
  const milliseconds = `${Math.round(outcome.milliseconds)} ms`;
  if ('error' in outcome) return style('red', `${printable(outcome.error)} (${milliseconds})`);
  return `${style(outcome.status === 200 ? 'green' : 'red', String(outcome.status))} in ${milliseconds}`;
}

/** The time of day where the user is. */
export function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}

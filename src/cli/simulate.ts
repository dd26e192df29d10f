import { simulateDeliveries, type Simulated } from '../app/simulate.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { commandless, printable } from '../diagnostics/printable.js';
import { columns } from './columns.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { count, say } from './print.js';
import { numberIn, targetIn, timeoutIn } from './sent.js';

const hour = 600;

/** `simulate`: sends many deliveries as the platform does. Ctrl-C ends it with what has happened. */
export async function simulateCommand(flags: Flags): Promise<Outcome> {
  const share = (option: string, text: string | undefined) =>
    numberIn(option, text, { least: 0, most: 1 }) ?? 0;
  const whole = (option: string, text: string | undefined, most: number) =>
    numberIn(option, text, { least: 1, most, isWhole: true });
  const asked = {
    to: targetIn(flags),
    asIs: flags.asIs,
    count: whole('--count', flags.count, 10_000_000) ?? 100,
    rate: numberIn('--rate', flags.rate, { least: 0.001, most: 100_000 }),
    concurrency: whole('--concurrency', flags.concurrency, 1000) ?? 10,
    mix: mixIn(flags),
    clock: numberIn('--clock', flags.clock?.replace(/x$/, ''), { least: 1, most: 1_000_000 }) ?? hour,
    faults: {
      duplicates: share('--duplicates', flags.duplicates),
      reorder: share('--reorder', flags.reorder),
      brokenTemplates: share('--broken-templates', flags.brokenTemplates),
      lateHeaders: share('--late-headers', flags.lateHeaders),
    },
    seed: seedIn(flags),
    timeoutMs: timeoutIn(flags),
    log: flags.log,
    credentials: flags,
    env: process.env,
    cwd: process.cwd(),
  };
  const { kits } = await configured(flags, { needsOut: false });
  const ended = new AbortController();
  // The second one ends the process, as it does without a listener.
  const end = () => {
    ended.abort();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    const simulated = await simulateDeliveries(
      kits.map(({ options }) => options),
      { ...asked, signal: ended.signal },
      ({ count: number, kinds, url, seed, signing }) => {
        const signed = signing.length === 0 ? 'without credentials' : `signed for ${signing.join(', ')}`;
        say(
          `Sending ${count(number, 'delivery', 'deliveries')} of ${count(kinds, 'event')} to ${printable(url)}, ${printable(signed)}. Seed: ${printable(seed)}.`,
        );
      },
    );
    return simulatedOutcome(simulated);
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
}

/** It stands in payloads and in a header. */
function seedIn({ seed }: Flags): string | undefined {
  if (seed === undefined || /^[\w.-]{1,60}$/.test(seed)) return seed;
  throw new Rejected(
    diagnostic('usage-value-invalid', '`--seed` takes up to 60 letters, digits, dots and dashes.'),
  );
}

/** `--events a,b`, or `--mix a=3,b=1`. */
function mixIn({ events, mix }: Flags): ReadonlyMap<string, number> | undefined {
  if (events !== undefined) return new Map(events.map((event) => [event, 1]));
  if (mix === undefined) return undefined;
  return new Map(
    mix.map((each) => {
      const equals = each.lastIndexOf('=');
      if (equals <= 0)
        throw new Rejected(
          diagnostic(
            'usage-value-invalid',
            '`--mix` takes `event=weight`, such as `freshdesk/ticket-created=3`.',
          ),
        );
      const weight = numberIn('--mix', each.slice(equals + 1), { least: 0.001, most: 1_000_000 });
      return [each.slice(0, equals), weight] as const;
    }),
  );
}

function simulatedOutcome(simulated: Simulated): Outcome {
  const { url, seed, total, events, statuses, latency, lost, signing, isEndedEarly } = simulated;
  return {
    exitCode: lost > 0 || total.unfinished > 0 ? exitCodes.internal : exitCodes.fine,
    findings: [],
    document: {
      url,
      seed,
      signing,
      endedEarly: isEndedEarly,
      total,
      events,
      statuses,
      latencyMs: latency,
      diagnostics: [],
    },
    say() {
      const names = ['sent', 'acknowledged', 'retried', 'dropped', 'duplicates', 'unfinished'] as const;
      const rows = [
        ['EVENT', ...names.map((name) => name.toUpperCase())],
        ...Object.entries({ ...events, all: total }).map(([event, counts]) => [
          event,
          ...names.map((name) => String(counts[name])),
        ]),
      ];
      const { p50, p90, p99, max } = latency;
      const answers = Object.entries(statuses).map(([status, number]) => `${status}: ${number}`);
      process.stdout.write(
        commandless(
          `${columns(rows)}\nanswers   ${answers.join(', ') || 'none'}\nlatency   p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms, max ${max} ms\n`,
        ),
      );
      if (isEndedEarly) say('Ended before all was sent and answered.');
    },
  };
}

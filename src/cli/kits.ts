import type { KitConfiguration } from '../config/kits.js';
import type { Options } from '../config/settings.js';
import { exitCodes } from './exit.js';
import { worst, type Outcome } from './outcome.js';
import { say, style } from './print.js';
import { outFolder } from './report.js';

/** What was found about one kit. */
export interface KitOutcome extends Outcome {
  /** The kit's folder as the user would name it. */
  readonly folder: string;
}

/** Looks at one kit after the other. One that cannot be looked at keeps none of the others from it. */
export async function eachKit(
  kits: readonly { readonly options: Options; readonly sources?: KitConfiguration['sources'] }[],
  look: (options: Options) => Promise<Outcome>,
): Promise<Outcome> {
  const outcomes: KitOutcome[] = [];
  for (const { options, sources } of kits) {
    const outcome = await look(options).catch(async (error: unknown) => {
      const { failure } = await import('./failure.js');
      return failure(error, sources);
    });
    outcomes.push({ ...outcome, folder: outFolder(options) });
  }
  return together(outcomes);
}

/** What was found about the kits of a run, as one: a single kit speaks for itself, several one after the other. */
export function together(kits: readonly KitOutcome[], several = kits.length > 1): Outcome {
  const [first] = kits;
  if (first !== undefined && !several) return first;
  return {
    exitCode: worst(kits.map(({ exitCode }) => exitCode)),
    findings: kits.flatMap(({ findings }) => findings),
    document: {
      kits: kits.map(({ folder, exitCode, document }) => ({
        folder,
        ok: exitCode === exitCodes.fine,
        exitCode,
        ...document,
      })),
    },
    markdown() {
      for (const kit of kits) if (!kit.markdown) void kit.say();
      return kits.map((kit) => kit.markdown?.() ?? '').join('');
    },
    brief: kits.flatMap(({ brief }) => brief ?? []).join(' '),
    async say() {
      for (const [index, kit] of kits.entries()) {
        say(`${index === 0 ? '' : '\n'}${style('bold', kit.folder)}`);
        await kit.say();
      }
    },
  };
}

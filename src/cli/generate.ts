import type { Options } from '../config/settings.js';
import type { Rendered } from '../app/generate.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import { together, type KitOutcome } from './kits.js';
import { openRunCache, type RunCache } from '../app/run-cache.js';
import type { Outcome } from './outcome.js';
import { count, printDiagnostics, say } from './print.js';
import type { Flags } from './flags.js';
import { folderName, kitDocument, outFolder, sayFiles, sayOrigin } from './report.js';
import { summaryOf, type Summary } from '../app/summary.js';

/**
 * `generate`: writes kits, or shows what would be written. All are rendered before any is written: where one cannot be, none
 * is.
 */
export async function generateCommand(
  flags: Flags,
  open: (options: Options) => RunCache | undefined = openRunCache,
): Promise<Outcome> {
  const { kits } = await configured(flags);
  return generateKits(kits, flags, open);
}

/** Brings kits up to date, all or none of them. */
export async function generateKits(
  kits: readonly { readonly options: Options }[],
  flags: Flags,
  open: (options: Options) => RunCache | undefined,
): Promise<Outcome> {
  const runs: Run[] = [];
  for (const { options } of kits) {
    // Forced or dry, a run is looked at anew and leaves nothing for the next one.
    const runCache = flags.force || flags.dryRun ? undefined : open(options);
    runs.push(await begun(options, runCache));
  }
  const failed = runs.flatMap((run) => ('failed' in run ? [{ ...run.failed, folder: run.folder }] : []));
  if (failed.length > 0) return nothingWritten(failed, runs.length > 1);

  if (!flags.dryRun) {
    const rendered = runs.flatMap((run) => ('rendered' in run ? [run.rendered] : []));
    if (rendered.length > 0) {
      const { writeAll } = await import('../app/generate.js');
      await writeAll(rendered, { force: flags.force });
    }
  }
  const outcomes: KitOutcome[] = [];
  for (const run of runs) outcomes.push({ ...(await outcomeOf(run, flags)), folder: run.folder });
  return together(outcomes);
}

/** One kit on its way: known to be right, rendered, or refused. */
type Run = { readonly folder: string } & (
  | { readonly remembered: Summary }
  | { readonly rendered: Rendered; readonly runCache: RunCache | undefined }
  | { readonly failed: Outcome }
);

async function begun(options: Options, runCache: RunCache | undefined): Promise<Run> {
  const folder = outFolder(options);
  const remembered = runCache?.recall();
  if (remembered) return { folder, remembered };
  try {
    const { render } = await import('../app/generate.js');
    return { folder, rendered: await render(options, runCache?.addDependency), runCache };
  } catch (error) {
    const { failure } = await import('./failure.js');
    return { folder, failed: failure(error) };
  }
}

async function outcomeOf(run: Run, { dryRun = false }: Flags): Promise<Outcome> {
  if ('failed' in run) return run.failed;
  if ('remembered' in run) return done(run.remembered);
  if (dryRun) return planned(run.rendered);
  await run.runCache?.keep(run.rendered);
  return done(summaryOf(run.rendered));
}

function nothingWritten(failed: readonly KitOutcome[], several: boolean): Outcome {
  const outcome = together(failed, several);
  if (!several) return outcome;
  return {
    ...outcome,
    async say() {
      await outcome.say();
      say('Nothing was written, neither this nor any other kit.');
    },
  };
}

function done(summary: Summary): Outcome {
  const changed = summary.files.filter(({ state }) => state !== 'unchanged').length;
  const total = summary.files.length;
  const brief =
    changed === 0
      ? `${folderName(summary)} is up to date (${count(total, 'file')}).`
      : `${folderName(summary)}: ${count(changed, 'file')} written, ${total - changed} unchanged.`;
  return {
    exitCode: exitCodes.fine,
    findings: summary.diagnostics,
    document: { dryRun: false, ...kitDocument(summary, 'generate') },
    brief,
    say() {
      sayOrigin(summary);
      sayFiles(summary, 'generate');
      say(brief);
    },
  };
}

function planned(rendered: Rendered): Outcome {
  const summary = summaryOf(rendered);
  const { shadows } = rendered.plan;
  const findings = [...summary.diagnostics, ...shadows];
  return {
    exitCode: shadows.length === 0 ? exitCodes.fine : exitCodes.usage,
    findings,
    document: { dryRun: true, ...kitDocument(summary, 'generate'), diagnostics: findings },
    async say() {
      sayOrigin(summary);
      printDiagnostics(shadows);
      sayFiles(summary, 'generate');
      const { printPatch } = await import('./patch.js');
      printPatch(rendered.plan);
    },
  };
}

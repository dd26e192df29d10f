import type { KitConfiguration } from '../config/kits.js';
import type { Options } from '../config/settings.js';
import type { Rendered } from '../app/generate.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import { together, type KitOutcome } from './kits.js';
import { openRunCache, type RunCache } from '../app/run-cache.js';
import type { Outcome } from './outcome.js';
import { printable } from '../diagnostics/printable.js';
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
  const { file, kits } = await configured(flags);
  return generateKits(
    kits.map((kit) => ({ ...kit, note: noteOn(kit.unwritten, file) })),
    flags,
    open,
  );
}

/** What is to be said of flags that a later `check` is not given, where they made a difference. */
function noteOn(unwritten: readonly string[] = [], file = ''): string | undefined {
  return unwritten.length === 0
    ? undefined
    : `Not in ${printable(file)}: ${unwritten.join(', ')}. Write it there, or \`check\` does not know it.`;
}

/** Brings kits up to date, all or none of them. */
export async function generateKits(
  kits: readonly Asked[],
  flags: Flags,
  open: (options: Options) => RunCache | undefined,
): Promise<Outcome> {
  const runs: Run[] = [];
  for (const { options, sources, note } of kits) {
    // Forced or dry, a run is looked at anew and leaves nothing for the next one.
    const runCache = flags.force || flags.dryRun ? undefined : open(options);
    runs.push({ ...(await begun(options, runCache, sources)), note });
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

interface Asked {
  readonly options: Options;
  readonly sources?: KitConfiguration['sources'];
  readonly note?: string | undefined;
}

/** One kit on its way: known to be right, rendered, or refused. */
type Run = { readonly folder: string; readonly note?: string | undefined } & (
  | { readonly remembered: Summary }
  | { readonly rendered: Rendered; readonly runCache: RunCache | undefined }
  | { readonly failed: Outcome }
);

async function begun(
  options: Options,
  runCache: RunCache | undefined,
  sources: Asked['sources'],
): Promise<Run> {
  const folder = outFolder(options);
  const remembered = runCache?.recall();
  if (remembered) return { folder, remembered };
  try {
    const { render } = await import('../app/generate.js');
    return { folder, rendered: await render(options, runCache?.addDependency), runCache };
  } catch (error) {
    const { failure } = await import('./failure.js');
    return { folder, failed: failure(error, sources) };
  }
}

async function outcomeOf(run: Run, { dryRun = false }: Flags): Promise<Outcome> {
  if ('failed' in run) return run.failed;
  if ('remembered' in run) return done(run.remembered, run.note);
  if (dryRun) return planned(run.rendered, run.note);
  await run.runCache?.keep(run.rendered);
  return done(summaryOf(run.rendered), run.note);
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

function done(summary: Summary, note: string | undefined): Outcome {
  const changed = summary.files.filter(({ state }) => state !== 'unchanged').length;
  const total = summary.files.length;
  const manifest = summary.manifest.state === 'unchanged' ? '' : '; its manifest was written';
  const brief =
    changed === 0
      ? `${folderName(summary)} is up to date (${count(total, 'file')})${manifest}.`
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
      sayNote(summary, note);
    },
  };
}

/** A run that changes nothing has nothing new to say. */
function sayNote({ files, manifest }: Summary, note: string | undefined): void {
  if (note !== undefined && [...files, manifest].some(({ state }) => state !== 'unchanged')) say(note);
}

function planned(rendered: Rendered, note: string | undefined): Outcome {
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
      sayNote(summary, note);
    },
  };
}

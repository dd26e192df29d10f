import type { Options } from '../config/settings.js';
import type { Rendered } from '../app/generate.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import { eachKit } from './kits.js';
import { openRunCache, type RunCache } from '../app/run-cache.js';
import type { Outcome } from './outcome.js';
import { count, printDiagnostics, say } from './print.js';
import type { Flags } from './flags.js';
import { folderName, kitDocument, sayFiles, sayOrigin } from './report.js';
import { summaryOf, type Summary } from '../app/summary.js';

/** `check`: says where kits and their documents have drifted apart. */
export async function checkCommand(
  flags: Flags,
  open: (options: Options) => RunCache | undefined = openRunCache,
): Promise<Outcome> {
  const { kits } = await configured(flags);
  return eachKit(kits, (options) => checked(options, open(options)));
}

async function checked(options: Options, runCache: RunCache | undefined): Promise<Outcome> {
  const remembered = runCache?.recall();
  if (remembered) return current(remembered);

  const { check } = await import('../app/generate.js');
  const result = await check(options, runCache?.addDependency);
  if (!result.current) return stale(result);
  await runCache?.keep(result);
  return current(summaryOf(result));
}

function current(summary: Summary): Outcome {
  return {
    exitCode: exitCodes.fine,
    findings: summary.diagnostics,
    document: { ...kitDocument(summary, 'check'), unfinished: false },
    say() {
      sayOrigin(summary);
      say(`${folderName(summary)} is up to date (${count(summary.files.length, 'file')}).`);
    },
  };
}

async function stale(result: Rendered): Promise<Outcome> {
  const { driftOf } = await import('./drift.js');
  const summary = summaryOf(result);
  const { shadows, unfinished } = result.plan;
  const drift = driftOf(result);
  const findings = [...summary.diagnostics, ...drift];
  return {
    exitCode: exitCodes.outOfDate,
    findings,
    document: { ...kitDocument(summary, 'check'), diagnostics: findings, unfinished },
    async say() {
      sayOrigin(summary);
      sayFiles(summary, 'check');
      printDiagnostics(shadows);
      const { printPatch } = await import('./patch.js');
      printPatch(result.plan);
      const folder = folderName(summary);
      const differing = summary.files.filter(({ state }) => state !== 'unchanged').length;
      if (differing > 0)
        say(`${folder} is out of date: ${count(differing, 'file differs', 'files differ')}.`);
      else if (shadows.length > 0) say(`${folder} holds what can be taken for its modules.`);
      else if (unfinished) say(`${folder} was left behind by a run that did not finish.`);
      else say(`${folder} is out of date: its manifest differs.`);
      const rest = drift.filter(({ code }) => !shadows.some((shadow) => shadow.code === code));
      const remedies = new Map(rest.map(({ code, fix }) => [code, fix]));
      for (const [code, fix] of remedies) say(`${code}: ${fix}`);
    },
  };
}

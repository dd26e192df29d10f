import type { Rendered } from '../generate.js';
import { printDocument } from './document.js';
import { exitCodes } from './exit.js';
import { openMemory } from './memory.js';
import { count, say } from './print.js';
import type { Flags } from './program.js';
import { folderName, kitDocument, sayFiles, sayOrigin } from './report.js';
import { summaryOf, type Summary } from './summary.js';

/** `check`: says where the kit and its documents have drifted apart. */
export async function checkCommand(flags: Flags, memory = openMemory(flags)): Promise<number> {
  const remembered = memory?.recall();
  if (remembered) return sayCurrent(remembered, flags);

  const { check } = await import('../generate.js');
  const result = await check({ ...flags, out: flags.out as string }, memory?.witness);
  if (!result.current) return sayDrift(result, flags);
  await memory?.keep(result);
  return sayCurrent(summaryOf(result), flags);
}

function sayCurrent(summary: Summary, { json }: Flags): number {
  const exitCode = exitCodes.fine;
  if (json) {
    printDocument({
      command: 'check',
      ok: true,
      exitCode,
      ...kitDocument(summary, 'check'),
      unfinished: false,
    });
    return exitCode;
  }
  sayOrigin(summary);
  say(`${folderName(summary)} is up to date (${count(summary.files.length, 'file')}).`);
  return exitCode;
}

async function sayDrift(result: Rendered, { json }: Flags): Promise<number> {
  const summary = summaryOf(result);
  const exitCode = exitCodes.outOfDate;
  if (json) {
    printDocument({
      command: 'check',
      ok: false,
      exitCode,
      ...kitDocument(summary, 'check'),
      unfinished: result.plan.unfinished,
    });
    return exitCode;
  }
  sayOrigin(summary);
  sayFiles(summary, 'check');
  const { printDiff } = await import('./diff.js');
  printDiff(result.plan);
  const folder = folderName(summary);
  const stale = summary.files.filter(({ state }) => state !== 'unchanged').length;
  if (stale > 0) say(`${folder} is out of date: ${count(stale, 'file differs', 'files differ')}.`);
  else if (result.plan.unfinished) say(`${folder} was left behind by a run that did not finish.`);
  else say(`${folder} is out of date: its manifest differs.`);
  say('Run `npx freshworks-gen generate` with the same folder, and commit the result.');
  return exitCode;
}

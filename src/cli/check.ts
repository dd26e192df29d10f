import { check } from '../generate.js';
import { printDocument } from './document.js';
import { exitCodes } from './exit.js';
import { count, say } from './print.js';
import type { Flags } from './program.js';
import { folderName, kitDocument, printDiff, sayFiles, sayOrigin } from './report.js';

/** `check`: says where the kit and its documents have drifted apart. */
export async function checkCommand(flags: Flags): Promise<number> {
  const result = await check({ ...flags, out: flags.out as string });
  const exitCode = result.current ? exitCodes.fine : exitCodes.outOfDate;
  if (flags.json) {
    printDocument({
      command: 'check',
      ok: result.current,
      exitCode,
      ...kitDocument(result, 'check'),
      unfinished: result.plan.unfinished,
    });
    return exitCode;
  }
  sayOrigin(result);
  const { plan } = result;
  if (result.current) {
    say(`${folderName(result)} is up to date (${count(plan.files.length, 'file')}).`);
    return exitCode;
  }
  sayFiles(result, 'check');
  printDiff(result);
  const stale = plan.files.filter(({ state }) => state !== 'unchanged').length;
  if (stale > 0)
    say(`${folderName(result)} is out of date: ${count(stale, 'file differs', 'files differ')}.`);
  else if (plan.unfinished) say(`${folderName(result)} was left behind by a run that did not finish.`);
  else say(`${folderName(result)} is out of date: its manifest differs.`);
  say('Run `npx freshworks-gen generate` with the same folder, and commit the result.');
  return exitCode;
}

import type { Rendered } from '../generate.js';
import { printDocument } from './document.js';
import { exitCodes } from './exit.js';
import { openMemory } from './memory.js';
import { count, say } from './print.js';
import type { Flags } from './program.js';
import { folderName, kitDocument, sayFiles, sayOrigin } from './report.js';
import { summaryOf, type Summary } from './summary.js';

/** `generate`: writes the kit, or shows what would be written. */
export async function generateCommand(flags: Flags, memory = openMemory(flags)): Promise<number> {
  const remembered = memory?.recall();
  if (remembered) return sayDone(remembered, flags);

  const { generate, render } = await import('../generate.js');
  const options = { ...flags, out: flags.out as string };
  if (flags.dryRun) return sayPlanned(await render(options), flags);
  const rendered = await generate(options, memory?.witness);
  await memory?.keep(rendered);
  return sayDone(summaryOf(rendered), flags);
}

function sayDone(summary: Summary, { json }: Flags): number {
  if (json) return printResult(summary, false);
  sayOrigin(summary);
  sayFiles(summary, 'generate');
  const changed = summary.files.filter(({ state }) => state !== 'unchanged').length;
  const total = summary.files.length;
  if (changed === 0) say(`${folderName(summary)} is up to date (${count(total, 'file')}).`);
  else say(`${folderName(summary)}: ${count(changed, 'file')} written, ${total - changed} unchanged.`);
  return exitCodes.fine;
}

async function sayPlanned(rendered: Rendered, { json }: Flags): Promise<number> {
  const summary = summaryOf(rendered);
  if (json) return printResult(summary, true);
  sayOrigin(summary);
  sayFiles(summary, 'generate');
  const { printDiff } = await import('./diff.js');
  printDiff(rendered.plan);
  return exitCodes.fine;
}

function printResult(summary: Summary, dryRun: boolean): number {
  const exitCode = exitCodes.fine;
  printDocument({ command: 'generate', ok: true, exitCode, dryRun, ...kitDocument(summary, 'generate') });
  return exitCode;
}

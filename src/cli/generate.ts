import { generate, render, type Rendered } from '../generate.js';
import { printDocument } from './document.js';
import { exitCodes } from './exit.js';
import { count, say } from './print.js';
import type { Flags } from './program.js';
import { folderName, kitDocument, printDiff, sayFiles, sayOrigin } from './report.js';

/** `generate`: writes the kit, or shows what would be written. */
export async function generateCommand(flags: Flags): Promise<number> {
  const options = { ...flags, out: flags.out as string };
  const rendered = flags.dryRun ? await render(options) : await generate(options);
  if (flags.json) {
    printDocument({
      command: 'generate',
      ok: true,
      exitCode: exitCodes.fine,
      dryRun: flags.dryRun ?? false,
      ...kitDocument(rendered, 'generate'),
    });
    return exitCodes.fine;
  }
  sayOrigin(rendered);
  sayFiles(rendered, 'generate');
  if (flags.dryRun) printDiff(rendered);
  else say(summary(rendered));
  return exitCodes.fine;
}

function summary(rendered: Rendered): string {
  const changed = rendered.plan.files.filter(({ state }) => state !== 'unchanged').length;
  const total = rendered.plan.files.length;
  if (changed === 0) return `${folderName(rendered)} is up to date (${count(total, 'file')}).`;
  return `${folderName(rendered)}: ${count(changed, 'file')} written, ${total - changed} unchanged.`;
}

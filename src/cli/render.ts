import { printDocument, printJson } from './document.js';
import { exitCodes } from './exit.js';
import type { Outcome } from './outcome.js';

/** How a run is reported. */
export const formats = ['text', 'json', 'github', 'sarif'] as const;
export const formatsOfDiff = [...formats, 'markdown'] as const;
export type Format = (typeof formatsOfDiff)[number];

/** The format that a command line asks for, as far as it is known before it is parsed. */
export function formatIn(args: readonly string[]): Format {
  const asked = args.flatMap((arg, index) => {
    if (arg === '--json') return 'json';
    if (arg === '--format') return args[index + 1] ?? [];
    return arg.startsWith('--format=') ? arg.slice('--format='.length) : [];
  });
  return formatsOfDiff.find((format) => format === asked.at(-1)) ?? 'text';
}

/** Reports what a command found. A run inside GitHub Actions annotates the files that its findings are about. */
export async function render(command: string, outcome: Outcome, format: Format): Promise<void> {
  const { exitCode, findings, document } = outcome;
  if (outcome.isReported) return;
  switch (format) {
    case 'json':
      printDocument({ command, ok: exitCode === exitCodes.fine, exitCode, ...document });
      return;
    case 'sarif': {
      const { sarif } = await import('./reporters/sarif.js');
      printJson(sarif(findings, { command, exitCode }));
      return;
    }
    case 'markdown':
      if (outcome.markdown) process.stdout.write(outcome.markdown());
      else await outcome.say();
      return;
    case 'github':
    case 'text':
      await outcome.say();
      if (format === 'github' || process.env['GITHUB_ACTIONS'] === 'true') await annotate(outcome);
  }
}

async function annotate({ findings }: Outcome): Promise<void> {
  const { annotations } = await import('./reporters/annotations.js');
  for (const line of annotations(findings)) process.stderr.write(`${line}\n`);
}

import { resolve } from 'node:path';
import { inferFromTemplates, type RuleTemplate } from '../app/infer-template.js';
import { writeOverlay } from '../app/write-overlay.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { commandless, printable } from '../diagnostics/printable.js';
import { overlayOutcome, type Asked } from './infer.js';
import type { Outcome } from './outcome.js';
import { say } from './print.js';

/** `infer --template`: declares what the templates of rules send, and mends the templates. */
export async function templateOutcome(
  files: readonly string[],
  { flags, options, overlay, words, lacking, cwd }: Asked,
): Promise<Outcome> {
  const { event: events = [], dryRun = false } = flags;
  if (events.length !== files.length) {
    const message = `there are ${files.length} templates and ${events.length} events`;
    throw new Rejected(diagnostic('template-event-missing', message));
  }
  const templates = files.map((file, index): RuleTemplate => ({ file, event: events[index] ?? '' }));
  const result = await inferFromTemplates(templates, { options, overlay });
  if (!dryRun) await writeOverlay(resolve(cwd, overlay), result);
  const { document, ...outcome } = overlayOutcome(result, { overlay, words, lacking, dryRun });
  return {
    ...outcome,
    document: { ...document, mended: result.mended },
    async say() {
      await outcome.say();
      for (const { file, template } of result.mended) {
        say(`${printable(file)}, mended:`);
        const lines = template.trimEnd().split('\n');
        process.stdout.write(commandless(`${lines.map(printableLine).join('\n')}\n`));
      }
    },
  };
}

/** Tabs lay a template out. */
function printableLine(line: string): string {
  return line.replace(/\r$/, '').split('\t').map(printable).join('\t');
}

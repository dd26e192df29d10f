import { relative, resolve } from 'node:path';
import type { DescribeOptions } from '../app/generate.js';
import type { Options, Settings } from '../config/settings.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { commandless, printable } from '../diagnostics/printable.js';
import { documentWords } from '../app/document-words.js';
import { checkCoverage, inferFrom, shapesOf, type Inferred } from '../app/infer.js';
import { sourceOf, type Source } from '../app/observed.js';
import { rowsOf } from '../app/shape-rows.js';
import { writeOverlay } from '../app/write-overlay.js';
import { columns } from './columns.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { count, printDiagnostics, say } from './print.js';

/** `infer`: declares in an overlay what deliveries have and the documents do not, or looks whether they do. */
export async function inferCommand(inputs: readonly string[], flags: Flags): Promise<Outcome> {
  const cwd = process.cwd();
  const { options, overlay, words, lacking } = await asked(flags, cwd);
  const { template } = flags;
  if (template !== undefined) {
    if (inputs.length > 0)
      throw new Rejected(diagnostic('usage-invalid', '`--template` stands in the place of deliveries.'));
    const { templateOutcome } = await import('./infer-template.js');
    return templateOutcome(template, { flags, options, overlay: needed(overlay), words, lacking, cwd });
  }
  if (inputs.length === 0)
    throw new Rejected(diagnostic('usage-argument-missing', 'nothing says where the deliveries are'));
  const event = flags.event?.at(-1);
  const source = await sourceOf({ inputs, event, cwd });
  if (flags.shapes) return shapes(source, withOverlay(options, overlay));
  if (flags.check) return checked(source, withOverlay(options, overlay), cwd);
  return inferred(source, { flags, options, overlay: needed(overlay), words, lacking, cwd });
}

/** What is asked for: the documents in force, and the overlay that is written. */
export interface Asked {
  readonly flags: Flags;
  readonly options: DescribeOptions;
  readonly overlay: string;
  /** The options with which `generate` reads the same documents, with the overlay. */
  readonly words: string;
  /** The configuration that lacks the overlay. */
  readonly lacking: string | undefined;
  readonly cwd: string;
}

/** Of several overlays on the command line, the last is written. Overlays of the configuration are applied before. */
async function asked(
  flags: Flags,
  cwd: string,
): Promise<Pick<Asked, 'options' | 'words' | 'lacking'> & { readonly overlay: string | undefined }> {
  const { overlay: named = [], ...others } = flags;
  const paths = named.map((each) => resolve(cwd, each));
  const target = paths.at(-1);
  const { file, kits } = await configured(others, { needsOut: false });
  const overlaysOf = ({ overlay = [] }: Options) => overlay.map((each) => resolve(cwd, each));
  const kit =
    kits.find(({ options }) => target !== undefined && overlaysOf(options).includes(target)) ?? kits[0];
  const before = kit ? overlaysOf(kit.options) : [];
  // What the command line names stands in the place of what the configuration does.
  const added = paths.filter((each) => !before.includes(each));
  const there = file === undefined ? await kitThere(cwd) : undefined;
  const recorded = (there?.overlay ?? []).filter((each) => !added.includes(each));
  return {
    options: { ...kit?.options, overlay: [...before, ...paths.slice(0, -1)], cwd },
    overlay: named.at(-1),
    words: documentWords(
      {
        ...others,
        ...(added.length > 0 && {
          overlay: [...before, ...recorded, ...added].map((each) => relative(cwd, each)),
        }),
      },
      there && relative(cwd, there.out),
    ),
    lacking: added.length > 0 ? file : undefined,
  };
}

/** Where no configuration says what kit there is: the one that is there, and what was recorded of it, or where `init` puts one. */
async function kitThere(cwd: string): Promise<Pick<Settings, 'out' | 'overlay'>> {
  const [{ findNearby }, { settingsOf }] = await Promise.all([
    import('../init/documents.js'),
    import('../app/configure.js'),
  ]);
  const { kits } = await findNearby(cwd);
  const out = resolve(cwd, kits[0] ?? 'src/events');
  // A kit that cannot be read is for `generate` to report.
  return settingsOf({ options: { out, cwd }, sources: {} }).catch(() => ({ out, overlay: [] }));
}

function needed(overlay: string | undefined): string {
  if (overlay !== undefined && /\.json$/i.test(overlay)) {
    const file = fileName(resolve(overlay), process.cwd());
    const message = `the overlay is written in YAML, and ${file} would be read as JSON`;
    throw new Rejected(diagnostic('infer-overlay-form', message));
  }
  if (overlay !== undefined) return overlay;
  throw new Rejected(diagnostic('infer-overlay-missing', 'nothing says which overlay is to be written'));
}

function withOverlay(options: DescribeOptions, overlay: string | undefined): DescribeOptions {
  const others = options.overlay ?? [];
  return overlay === undefined
    ? options
    : { ...options, overlay: [...new Set([...others, resolve(overlay)])] };
}

async function inferred(
  source: Source,
  { flags: { dryRun = false, openEnums }, options, overlay, words, lacking, cwd }: Asked,
): Promise<Outcome> {
  const result = await inferFrom(source, { options, overlay, openEnums });
  if (result.deliveries === 0) throw new Rejected(...result.diagnostics, nothingRead());
  if (!dryRun) await writeOverlay(resolve(cwd, overlay), result);
  return overlayOutcome(result, { overlay, words, lacking, dryRun });
}

export function overlayOutcome(
  result: Inferred,
  {
    overlay,
    words,
    lacking,
    dryRun,
  }: Pick<Asked, 'overlay' | 'words' | 'lacking'> & { readonly dryRun: boolean },
): Outcome {
  const { changes, diagnostics, deliveries, events, types } = result;
  const file = fileName(resolve(overlay), process.cwd());
  return {
    exitCode: exitCodes.fine,
    findings: diagnostics,
    document: { overlay: file, dryRun, deliveries, events, changes, types, diagnostics },
    say() {
      printDiagnostics(diagnostics);
      for (const change of changes) process.stdout.write(commandless(`${printable(change)}\n`));
      if (dryRun) process.stdout.write(commandless(types));
      say(summary(result, { file, words, lacking, dryRun }));
    },
  };
}

function summary(
  { changes, deliveries, events, overlay, before }: Inferred,
  {
    file,
    words,
    lacking,
    dryRun,
  }: Pick<Asked, 'words' | 'lacking'> & {
    readonly file: string;
    readonly dryRun: boolean;
  },
): string {
  const seen =
    deliveries === 0
      ? ''
      : ` from ${count(deliveries, 'delivery', 'deliveries')} of ${count(events.length, 'event')}`;
  if (changes.length === 0 && overlay === before)
    return `Nothing new${seen}: the documents and ${file} know it all.`;
  if (changes.length === 0) return `${file}: nothing new${seen} but how often and when fields were seen.`;
  const things = count(changes.length, 'thing');
  if (dryRun) return `${things} to declare in ${file}${seen}; nothing was written.`;
  const told =
    lacking === undefined
      ? ''
      : ` Add ${file} to \`overlay\` in ${printable(lacking)}, or \`check\` does not know it.`;
  return `${file}: ${things} declared${seen}. \`freshworks-gen generate${printable(words)}\` gives them types.${told}`;
}

async function shapes(source: Source, options: DescribeOptions): Promise<Outcome> {
  const { shapes: found, deliveries, diagnostics } = await shapesOf(source, options);
  if (deliveries === 0) throw new Rejected(...diagnostics, nothingRead());
  const rows = rowsOf(found);
  return {
    exitCode: exitCodes.fine,
    findings: diagnostics,
    document: { deliveries, shapes: rows, diagnostics },
    say() {
      printDiagnostics(diagnostics);
      const cells = rows.map(({ event, path, types, count: times }) => [
        event,
        path,
        types.join(' | '),
        `${times}`,
      ]);
      process.stdout.write(commandless(columns([['EVENT', 'PATH', 'TYPE', 'COUNT'], ...cells])));
    },
  };
}

async function checked(source: Source, options: DescribeOptions, cwd: string): Promise<Outcome> {
  const { deliveries, gaps, diagnostics } = await checkCoverage(source, options);
  if (deliveries === 0) throw new Rejected(...diagnostics, nothingRead());
  const found: readonly Diagnostic[] = gaps.map(({ event, path, what, origin, count: times }) => ({
    ...diagnostic(
      'infer-not-covered',
      `${event}: ${path} ${what}${times > 1 ? `, in ${count(times, 'delivery', 'deliveries')}` : ''}`,
    ),
    position: { file: fileName(resolve(cwd, origin.file), cwd), line: origin.line, column: 1 },
  }));
  const all = [...diagnostics, ...found];
  return {
    exitCode: found.length > 0 ? exitCodes.outOfDate : exitCodes.fine,
    findings: all,
    document: { deliveries, covered: found.length === 0, diagnostics: all },
    say() {
      printDiagnostics(all);
      if (found.length === 0) say(`The documents cover ${count(deliveries, 'delivery', 'deliveries')}.`);
    },
  };
}

function nothingRead(): Diagnostic {
  return diagnostic('infer-nothing-read', 'there is no delivery to infer from');
}

import type { Options } from '../config/settings.js';
import { kitOfFlags } from '../config/kits.js';
import type { DiffSettings } from '../config/check-diff.js';
import { diff, type Difference, type ReportedChange } from '../app/diff.js';
import { kitsFound, kitsOf } from '../app/kits-before.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { printable } from '../diagnostics/printable.js';
import { fails } from '../diff/accepted.js';
import { charactersAtMost, markdown } from '../diff/markdown.js';
import { rules } from '../model/change-rules.js';
import { counted } from '../diff/summary.js';
import { changesText } from '../diff/text.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import { severityOf, type Finding } from './finding.js';
import { eachKit } from './kits.js';
import type { Outcome } from './outcome.js';
import { printDiagnostics, say, style } from './print.js';
import type { Flags } from './flags.js';
import { outFolder } from './report.js';

/** What is compared, as the command line names it. */
interface Versions {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** `diff`: says what a change of documents means for those who receive their events. */
export async function diffCommand(versions: Versions, flags: Flags): Promise<Outcome> {
  // Two versions that are named can be compared where there is no kit.
  const configuration = await configured(flags, { needsOut: versions.base === undefined });
  const { file, diff: settings } = configuration;
  const { base, head } = versions;
  const cwd = process.cwd();
  // Who names documents is not asking about kits that nobody has named.
  const isOpen = file === undefined && flags.out === undefined && flags.spec === undefined;
  const found = isOpen && base !== undefined ? await kitsFound(base, head, cwd) : undefined;
  const kits: readonly { readonly options: Options }[] =
    found?.now.map((out) => kitOfFlags({ ...flags, out }, cwd)) ?? configuration.kits;
  const outs = kits.map(({ options }) => options.out);
  // One kit that `--out` picks is not all.
  const isAll = flags.out === undefined && (file !== undefined || found !== undefined);
  const { moved, gone, left } = await kitsOf(base, head, outs, cwd, isAll);
  const lost = isAll ? gone.filter((out) => found?.then.includes(out) ?? true) : [];
  const all = [...kits, ...lost.map((out) => ({ options: { out, replay: false } }))];
  const failOn = flags.failOn ?? settings.failOn;
  const differences = new Map<Options, Difference>();
  const outcome = await eachKit(all, async (options: Options) => {
    const difference = await diff({
      ...options,
      base,
      head: lost.includes(options.out) ? null : head,
      was: moved.get(options.out),
      only: flags.products,
      accepted: settings.accept,
    });
    differences.set(options, difference);
    return compared(difference, failOn, all.length > 1 ? outFolder(options) : undefined, all.length);
  });
  const behind = left.map((out) => {
    const message = `${fileName(out, cwd)} holds a kit that ${file ?? ''} does not list.`;
    return diagnostic('kit-left-behind', message);
  });
  return withFindings(outcome, [...behind, ...unusedIn([...differences.values()], all.length)]);
}

function compared(
  difference: Difference,
  failOn: DiffSettings['failOn'],
  kit: string | undefined,
  kits: number,
): Outcome {
  const { base, head, changes, diagnostics } = difference;
  const fatal = failOn !== 'none' && fails(changes, failOn);
  return {
    exitCode: fatal ? exitCodes.breaking : exitCodes.fine,
    findings: [...diagnostics, ...findingsOf(difference)],
    document: { base, head, failOn, changes, diagnostics },
    markdown: () => markdown({ ...difference, kit }, Math.floor(charactersAtMost / kits)),
    say() {
      printDiagnostics(diagnostics);
      const text = changesText(changes, style);
      if (text !== '') process.stdout.write(text);
      say(
        `${text === '' ? '' : '\n'}From ${printable(base.name)} to ${printable(head.name)}: ${counted(changes)}.`,
      );
      if (fatal)
        say('A change that is meant is accepted in the configuration, with its rule, subject and reason.');
    },
  };
}

/** What the configuration accepts and no kit has changed. */
function unusedIn(differences: readonly Difference[], kits: number): readonly Diagnostic[] {
  // What a kit would have said that could not be compared is not known.
  const [first, ...others] = differences.length === kits ? differences : [];
  const unused = first?.unused.filter((each) => others.every((other) => other.unused.includes(each))) ?? [];
  return unused.map(({ rule, subject, position }) => ({
    ...diagnostic('accepted-unused', `${rule} of ${subject} is accepted and is no change`),
    ...(position && { position }),
  }));
}

/** The outcome, with what was found about all kits together. */
function withFindings(outcome: Outcome, findings: readonly Diagnostic[]): Outcome {
  if (findings.length === 0) return outcome;
  const { diagnostics = [] } = outcome.document as { readonly diagnostics?: readonly object[] };
  return {
    ...outcome,
    findings: [...outcome.findings, ...findings],
    document: { ...outcome.document, diagnostics: [...diagnostics, ...findings] },
    async say() {
      printDiagnostics(findings);
      await outcome.say();
    },
  };
}

/** The changes that somebody has to look at, as findings. What was positions in files that are there has a place. */
function findingsOf({ changes }: Difference): readonly Finding[] {
  return changes
    .filter(({ level, accepted }) => level !== 'safe' && accepted === undefined)
    .map((change) => ({
      code: change.rule,
      severity: severityOf[change.level],
      message: `${change.message} ${rules[change.rule].sentence}`,
      fix: 'Look at what reads it; accept the change in the configuration, with a reason, if it is meant.',
      ...positionOf(change),
    }));
}

function positionOf({ after, before }: ReportedChange): Pick<Finding, 'position'> {
  const position = after ?? before;
  return position ? { position } : {};
}

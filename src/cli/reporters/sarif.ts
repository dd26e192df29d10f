import { createHash } from 'node:crypto';
import type { Severity, Step } from '../../diagnostics/diagnostic.js';
import { explanations, type Explanation } from '../explanations.js';
import { severityOf, type Finding } from '../finding.js';
import { printable } from '../../diagnostics/printable.js';
import { version } from '../../version.js';
import { exitCodes } from '../exit.js';
import { fileFrom, pointOf, standpoint, type Standpoint } from './place.js';

/** What a run was, beside its findings. */
interface Run {
  /** Empty where the command line names none. */
  readonly command: string;
  readonly exitCode: number;
}

/**
 * The findings as a log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), with one run. It
 * names no folder and no time of the machine: the same findings are the same log.
 */
export function sarif(
  findings: readonly Finding[],
  { command, exitCode }: Run,
  from: Standpoint = standpoint(),
): object {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const fingerprint = fingerprints();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'freshworks-gen', version, rules: codes.map(ruleOf) } },
        invocations: [{ executionSuccessful: answered(exitCode), exitCode }],
        ...(command !== '' && { automationDetails: { id: `freshworks-gen/${command}/` } }),
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: levels[finding.severity],
          message: { text: messageText(finding.message) },
          ...locationOf(finding, from),
          ...(finding.count !== undefined && { occurrenceCount: finding.count }),
          ...(finding.steps && { relatedLocations: finding.steps.map((step) => stepOf(step, from)) }),
          partialFingerprints: { 'finding/v1': fingerprint(finding, from) },
        })),
      },
    ],
  };
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** A kit that is out of date and a document that is wrong are answers. A run that could not begin or broke off gave none. */
function answered(exitCode: number): boolean {
  return exitCode !== exitCodes.internal && exitCode !== exitCodes.usage;
}

/** What there is to say of a code: a rule of `diff` has no remedy but to look, or to accept what it found. */
function ruleOf(code: Finding['code']): object {
  const explanation = explanations().get(code) as Explanation;
  return {
    id: code,
    shortDescription: { text: messageText(explanation.cause) },
    ...(explanation.kind === 'diagnostic' && { help: { text: messageText(explanation.fix) } }),
    defaultConfiguration: {
      level:
        explanation.kind === 'rule' ? levels[severityOf[explanation.level]] : levels[explanation.severity],
    },
  };
}

/**
 * A text that says what it says. In a message of SARIF, `{0}` stands for an argument and `[…](…)` is a link: braces are written
 * twice, and what would be a link shows the bracket that would have closed its text as an escape.
 */
function messageText(text: string): string {
  return printable(text).replace(/[{}]/g, '$&$&').replaceAll('](', '\\u005d(');
}

function locationOf(finding: Finding, from: Standpoint): { readonly locations?: readonly object[] } {
  const physicalLocation = physicalOf(finding, from);
  return physicalLocation ? { locations: [{ physicalLocation }] } : {};
}

function stepOf(step: Step, from: Standpoint): object {
  const physicalLocation = physicalOf(step, from);
  return { ...(physicalLocation && { physicalLocation }), message: { text: messageText(step.message) } };
}

function physicalOf(placed: Pick<Finding, 'position'>, from: Standpoint): object | undefined {
  if (placed.position === undefined) return undefined;
  const point = pointOf(placed);
  const region = point && { region: { startLine: point.line, startColumn: point.column } };
  return { artifactLocation: { uri: uriOf(placed.position.file, from) }, ...region };
}

/**
 * A relative URI below the root, so that the log means the same on every machine; the URI of a file elsewhere. Whatever RFC 3986
 * does not take as it is gets encoded, a colon too: a name such as `a:b` has no scheme.
 */
function uriOf(file: string, from: Standpoint): string {
  const { path, below } = fileFrom(Buffer.from(file).toString(), from);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (below) return encoded;
  return `file://${encoded.replace(/^([a-z])%3a(?=\/)/i, '/$1:')}`;
}

/** What stays the same of a finding while lines come and go above it. Findings that are alike are counted. */
function fingerprints(): (finding: Finding, from: Standpoint) => string {
  const seen = new Map<string, number>();
  return ({ code, message, position }, from) => {
    const file = position && uriOf(position.file, from);
    const hash = createHash('sha256')
      .update(JSON.stringify([code, file, message]))
      .digest('hex');
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
}

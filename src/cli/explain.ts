import leven from 'leven';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { exitCodes } from './exit.js';
import { explanations, type Explanation, type Rules } from './explanations.js';
import type { Outcome } from './outcome.js';

/**
 * `explain`: says what a code stands for, and without a code, which there are.
 *
 * @throws Rejected `explain-unknown` for a code that there is not
 */
export function explainCommand(code: string | undefined, rules?: Rules): Outcome {
  const known = explanations(rules);
  if (code === undefined) return list([...known.values()]);
  const explanation = known.get(code.toLowerCase());
  if (explanation === undefined) throw unknown(code, [...known.keys()]);
  return outcome({ ...explanation }, inFull(explanation));
}

function list(all: readonly Explanation[]): Outcome {
  const width = Math.max(...all.map(({ code }) => code.length));
  const lines = all.map(
    (each) => `${each.code.padEnd(width)}  ${weight(each).padEnd('breaking'.length)}  ${firstSentence(each)}`,
  );
  return outcome({ explanations: all }, lines);
}

function outcome(document: object, lines: readonly string[]): Outcome {
  return {
    exitCode: exitCodes.fine,
    findings: [],
    document,
    say: () => void process.stdout.write(`${lines.join('\n')}\n`),
  };
}

function inFull(explanation: Explanation): readonly string[] {
  const { code, cause } = explanation;
  const opening = `${code}: ${weight(explanation)}`;
  if (explanation.kind === 'rule') return [`${opening} change`, '', cause];
  const { exit, fix, example } = explanation;
  return [
    exit === undefined ? opening : `${opening}, which ends a run with exit code ${exit}`,
    '',
    cause,
    '',
    `fix: ${fix}`,
    ...(example ? ['', 'before:', ...indented(example.before), 'after:', ...indented(example.after)] : []),
  ];
}

function weight(explanation: Explanation): string {
  return explanation.kind === 'rule' ? explanation.level : explanation.severity;
}

function firstSentence({ cause }: Explanation): string {
  return cause.split(/(?<=[.!?]) (?=[A-Z`])/)[0] as string;
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${line}`.trimEnd());
}

/** How many codes are proposed for one that there is not. */
const proposedAtMost = 3;

function unknown(code: string, known: readonly string[]): Rejected {
  const near = nearest(code.toLowerCase(), known);
  const proposal = near.length === 0 ? '' : ` (Did you mean ${near.join(' or ')}?)`;
  return new Rejected(diagnostic('explain-unknown', `unknown code '${code}'${proposal}`));
}

/** Codes that are a few keys away, and those that the text is a part of. */
function nearest(text: string, known: readonly string[]): readonly string[] {
  const away = (code: string) =>
    text.length > 2 && code.includes(text) ? 0 : leven(text, code, { maxDistance: 20 });
  return known
    .map((code) => ({ code, distance: away(code) }))
    .filter(({ code, distance }) => distance <= code.length * 0.4)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, proposedAtMost)
    .map(({ code }) => code);
}

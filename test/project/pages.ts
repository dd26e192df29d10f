import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import type { Rules } from '../../src/cli/explanations.js';
import { exitCodesHelp } from '../../src/cli/exit.js';
import { declared } from '../../src/cli/program.js';
import type { Entry } from '../../src/diagnostics/entry.js';
import { rules } from '../../src/model/change-rules.js';
import { code, markdown, table } from './markdown.js';

/** The program, with nothing behind its commands. */
export const program = declared(() => () => Promise.resolve());

export const commands: readonly Command[] = program
  .createHelp()
  .visibleCommands(program)
  .filter((command) => command.name() !== 'help');

/** The exit codes and what they mean, as `--help` has them. */
const exitCodeRows = [...exitCodesHelp.matchAll(/^ {2}(\d) {2}(.+)$/gm)].map(
  ([, number = '', meaning = '']) => [number, meaning] as const,
);

/** docs/commands.md: what `--help` says, of every command. */
export function commandsPage(): string {
  return `# Commands

What \`freshworks-gen --help\` and \`freshworks-gen <command> --help\` print. Data goes to stdout, talk to stderr.

${table(
  ['command', ''],
  commands.map((command) => [`[\`${command.name()}\`](#${command.name()})`, markdown(command.description())]),
)}

## Exit codes

${table(
  ['code', ''],
  exitCodeRows.map(([number, meaning]) => [number, markdown(meaning)]),
)}

${commands.map(commandSection).join('\n')}`;
}

function commandSection(command: Command): string {
  const help = command.createHelp();
  const terms = [
    ...help
      .visibleArguments(command)
      .map((argument) => [argument.name(), help.argumentDescription(argument)] as const),
    ...help
      .visibleOptions(command)
      .map((option) => [help.optionTerm(option), help.optionDescription(option)] as const),
  ];
  return `## ${command.name()}

${sentence(command.description())}

${code(help.commandUsage(command), 'sh')}

${table(
  ['', ''],
  terms.map(([term, description]) => [`\`${term}\``, markdown(description)]),
)}
`;
}

/** Stages, in the order in which they find something, with the file of their codes. */
const stages: readonly (readonly [title: string, file: string])[] = [
  ['The command line', 'usage'],
  ['Configuration and options', 'config'],
  ['Reading documents, overlays and references', 'load'],
  ['AsyncAPI', 'parse'],
  ['Events and schemas', 'catalog'],
  ['Handlers', 'emit'],
  ['Reading and writing the kit', 'output'],
  ['What `check` finds', 'kit'],
];

const source = join(import.meta.dirname, '../../src');

/** The entries of every file in `src/diagnostics/codes`, by the name of the file. */
const codes = new Map<string, readonly (readonly [code: string, entry: Entry])[]>();
for (const file of readdirSync(join(source, 'diagnostics/codes'))) {
  const module = (await import(join(source, 'diagnostics/codes', file))) as Record<
    string,
    Record<string, Entry>
  >;
  codes.set(basename(file, '.ts'), Object.values(module).flatMap(Object.entries<Entry>));
}

/** docs/diagnostics.md: what the catalogue says, of every finding. */
export function diagnosticsPage(): string {
  const others = [...codes.keys()].filter((name) => !stages.some(([, file]) => file === name));
  const sections = [...stages, ...others.map((name) => [name, name] as const)];
  return `# Diagnostics

Every finding has a code, which stays the same from version to version. \`freshworks-gen explain <code>\` prints what stands
here. An error ends the run, with the exit code that is given; where there are several, with the lowest. Warnings and notes end
none.

${sections.map(([title, file]) => stageSection(title, codes.get(file) ?? [])).join('\n')}`;
}

function stageSection(title: string, entries: readonly (readonly [string, Entry])[]): string {
  return `## ${title}

${entries.map(([name, entry]) => diagnosticSection(name, entry)).join('\n')}`;
}

function diagnosticSection(name: string, { severity, exit, cause, fix, example }: Entry): string {
  const weight =
    severity === 'error' ? `Error, exit code ${exit}.` : severity === 'info' ? 'Note.' : 'Warning.';
  return `### ${name}

${weight} ${markdown(cause)}

**Fix:** ${markdown(fix)}
${example ? `\n${code(example.before, 'yaml')}\n\nbecomes\n\n${code(example.after, 'yaml')}\n` : ''}`;
}

/** docs/rules.md: what `diff` tells, and how grave it takes it to be. */
export function rulesPage(): string {
  const all = Object.entries<Rules[string]>(rules);
  return `# Rules of \`diff\`

Every change that \`freshworks-gen diff\` tells has a rule, whose name stays the same from version to version. What
schemas mean is compared, not how they are written.

- *Breaking*: code that compiled does not, or a delivery that was handled is not.
- *Risky*: it may surprise.
- *Safe*: code that reads payloads and compiled still compiles, and whatever was accepted still is. There is one exception, because
  documents gain fields all the time: a new field of an object that takes any others. A sender that already used its name for a
  value of another type is answered 422.

${[...new Set(all.map(([, { level }]) => level))]
  .map(
    (level) => `## ${sentence(level).slice(0, -1)}

${table(
  ['rule', 'what it means'],
  all
    .filter(([, rule]) => rule.level === level)
    .map(([name, rule]) => [`\`${name}\``, markdown(rule.sentence)]),
)}
`,
  )
  .join('\n')}`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${markdown(text.slice(1))}.`;
}

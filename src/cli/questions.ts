import { relative, resolve } from 'node:path';
import { adapterNames, adaptersByDefault } from '../config/options.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Answers } from '../init/answers.js';
import { managerNames, type ManagerName } from '../init/manager.js';
import { isFile, slashed, type Survey } from '../init/survey.js';
import { say } from './print.js';
import type { Flags } from './program.js';
import type { Terminal } from './terminal.js';

/** A question of `init`. */
interface Question<T> {
  /** What an option has said beforehand. */
  readonly given: T | undefined;
  readonly byDefault: T;
  /** The default as it is shown. */
  readonly shown: string;
  readonly text: string;
  readonly read: (answer: string) => T;
  /** What is wrong with it, as the end of a sentence. */
  readonly objection: (value: T) => string | undefined | Promise<string | undefined>;
}

/** What the kit is to be, from options, questions and defaults. */
export async function kitAnswers(
  survey: Survey,
  flags: Flags,
  terminal: Terminal | undefined,
): Promise<Pick<Answers, 'out' | 'spec' | 'adapters'>> {
  const { cwd, documents } = survey;
  const fromHere = (path: string) => {
    const near = slashed(relative(cwd, resolve(cwd, path)));
    return near.startsWith('../') || near === '..' ? near : `./${near}`;
  };
  const out = await answer(terminal, {
    given: flags.out === undefined ? undefined : fromHere(flags.out),
    byDefault: './src/events',
    shown: './src/events',
    text: 'Folder of the kit',
    read: fromHere,
    objection: (value) => (/^\.\/$|^(?:\.\.\/)*\.\.$/.test(value) ? 'is no folder of its own' : undefined),
  });
  if (terminal && flags.spec === undefined && documents.length > 0)
    say(`Found here: ${documents.map(printable).join(', ')}.`);
  const spec = await answer(terminal, {
    given: flags.spec?.map(fromHere),
    byDefault: [],
    shown: 'those of Freshworks',
    text: 'AsyncAPI documents, separated by commas',
    read: (text) => separated(text).map(fromHere),
    objection: async (paths) => {
      for (const path of paths)
        if (!(await isFile(resolve(cwd, path)))) return `names no file: ${printable(path)}`;
      return undefined;
    },
  });
  const adapters = await answer<readonly string[]>(terminal, {
    given: flags.adapters,
    byDefault: adaptersByDefault,
    shown: adaptersByDefault.join(','),
    text: `Adapters (${adapterNames.join(', ')}, or none)`,
    read: (text) => separated(text).filter((name) => name !== 'none'),
    objection: (names) => {
      const unknown = names.find((name) => !(adapterNames as readonly string[]).includes(name));
      return unknown === undefined ? undefined : `names no adapter: ${printable(unknown)}`;
    },
  });
  return { out, spec, adapters };
}

/** @param known what the project says by itself; asked all the same */
export async function managerAnswer(
  known: ManagerName,
  flags: Flags,
  terminal: Terminal | undefined,
): Promise<ManagerName> {
  const name = await answer<string>(terminal, {
    given: flags.packageManager,
    byDefault: known,
    shown: known,
    text: `Package manager (${managerNames.join(', ')})`,
    read: (text) => text.toLowerCase(),
    objection: (value) =>
      (managerNames as readonly string[]).includes(value) ? undefined : 'is none of these',
  });
  return managerNames.find((each) => each === name) ?? known;
}

/** Asks for yes or no; Enter takes the default. */
export async function confirm(terminal: Terminal, question: string, byDefault: boolean): Promise<boolean> {
  for (;;) {
    const text = await terminal.ask(`${question} [${byDefault ? 'Y/n' : 'y/N'}]`);
    if (text === '') return byDefault;
    if (/^y(?:es)?$/i.test(text)) return true;
    if (/^no?$/i.test(text)) return false;
  }
}

async function answer<T>(terminal: Terminal | undefined, question: Question<T>): Promise<T> {
  const { given, byDefault, shown, text, read, objection } = question;
  if (given !== undefined) {
    const problem = await objection(given);
    if (problem === undefined) return given;
    throw new Rejected(diagnostic('init-answer', `${text}: what was given ${problem}.`));
  }
  if (terminal === undefined) return byDefault;
  for (;;) {
    const typed = await terminal.ask(`${text} [${shown}]`);
    if (typed === '') return byDefault;
    const value = read(typed);
    const problem = await objection(value);
    if (problem === undefined) return value;
    say(`That ${problem}.`);
  }
}

function separated(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

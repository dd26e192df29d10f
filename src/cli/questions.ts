import { relative, resolve } from 'node:path';
import { adapterNames, clientNames, inboxNames, shippedWord } from '../config/options.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { KitAnswers } from '../init/answers.js';
import type { Settings } from '../config/settings.js';
import { managerNames, type ManagerName } from '../init/manager.js';
import { isFile, slashed, type Survey } from '../init/survey.js';
import { say } from './print.js';
import type { Flags } from './flags.js';
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

/**
 * What the kit is to be, from options, questions and defaults.
 *
 * @param recorded what is in force for the kit in a folder: what it was made with, or the defaults
 */
export async function kitAnswers(
  survey: Survey,
  flags: Flags,
  terminal: Terminal | undefined,
  recorded: (out: string) => Promise<Settings>,
): Promise<KitAnswers> {
  const { cwd, documents, kits } = survey;
  const fromHere = (path: string) => {
    const near = slashed(relative(cwd, resolve(cwd, path)));
    return near.startsWith('../') || near === '..' ? near : `./${near}`;
  };
  const specFromHere = (path: string) => (path === shippedWord ? path : fromHere(path));
  const location = kits.length === 1 && kits[0] !== undefined ? fromHere(kits[0]) : './src/events';
  const out = await answer(terminal, {
    given: flags.out === undefined ? undefined : fromHere(flags.out),
    byDefault: location,
    shown: location,
    text: 'Folder of the kit',
    read: fromHere,
    objection: (value) => (/^\.\/$|^(?:\.\.\/)*\.\.$/.test(value) ? 'is no folder of its own' : undefined),
  });
  const kit = await recorded(resolve(cwd, out));
  const specs = kit.spec ?? documents;
  if (terminal && flags.spec === undefined && documents.length > 0)
    say(`Found here: ${documents.map(printable).join(', ')}.`);
  const spec = await answer(terminal, {
    given: flags.spec?.map(specFromHere),
    byDefault: specs.map(specFromHere),
    shown: specs.length > 0 ? printable(specs.map(specFromHere).join(',')) : shippedWord,
    text: 'AsyncAPI documents, separated by commas; `shipped` for those that come with the program',
    read: (text) => separated(text).map(specFromHere),
    objection: async (paths) => {
      for (const path of paths)
        if (path !== shippedWord && !(await isFile(resolve(cwd, path))))
          return `names no file: ${printable(path)}`;
      return undefined;
    },
  });
  const products = await answer<readonly string[] | undefined>(terminal, {
    given: flags.products,
    byDefault: kit.products,
    shown: kit.products?.join(',') ?? 'all',
    text: 'Products, separated by commas, or all',
    read: (text) => (text === 'all' ? undefined : separated(text)),
    objection: () => undefined,
  });
  // A kit that is there keeps its adapters; a new one gets those of the project's frameworks.
  const isThere = kits.some((path) => resolve(cwd, path) === resolve(cwd, out));
  const choices = (
    name: 'adapters' | 'clients' | 'inbox',
    noun: string,
    known: readonly string[],
    byDefault: readonly string[],
  ): Question<readonly string[]> => ({
    given: flags[name],
    byDefault,
    shown: byDefault.join(',') || 'none',
    text: `${noun}s (${known.join(', ')}, or none)`,
    read: (text) => separated(text).filter((each) => each !== 'none'),
    objection: (names) => {
      const unknown = names.find((each) => !known.includes(each));
      return unknown === undefined ? undefined : `names no ${noun.toLowerCase()}: ${printable(unknown)}`;
    },
  });
  const adapters = await answer(
    terminal,
    choices('adapters', 'Adapter', adapterNames, isThere ? kit.adapters : survey.adapters),
  );
  // Nobody is asked for these: each needs a decision that a page of the documentation explains.
  const inbox = await answer(undefined, choices('inbox', 'Inbox engine', inboxNames, kit.inbox));
  const clients = await answer(undefined, choices('clients', 'Client', clientNames, kit.clients));
  return {
    out,
    // The word alone says what is said by nothing.
    spec: spec.every((path) => path === shippedWord) ? [] : spec,
    overlay: kit.overlay.map(fromHere),
    refRoot: kit.refRoot === undefined ? undefined : fromHere(kit.refRoot),
    literal: kit.literal,
    products,
    handlers: kit.handlers,
    adapters,
    inbox,
    clients,
  };
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

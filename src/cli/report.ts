import { relative, resolve, sep } from 'node:path';
import type { Options } from '../config/settings.js';
import { adaptersByDefault, shippedWord } from '../config/options.js';
import { printable } from '../diagnostics/printable.js';
import { count, printDiagnostics, say, style } from './print.js';
import type { Summary } from '../app/summary.js';

/** Says what a kit was made from and which options are in force. */
export function sayOrigin({ events, products, documents, settings, diagnostics }: Summary): void {
  printDiagnostics(diagnostics);
  say(
    `${count(events.length, 'event')} of ${count(products, 'product')} from ${count(documents.length, 'document')}.`,
  );
  for (const { name, overlays } of documents.filter(({ used }) => used)) {
    for (const { name: overlay, changes } of overlays.filter(
      (each) => each.shipped && /corrections/.test(each.name),
    )) {
      say(
        `${printable(name)} is corrected in ${count(changes, 'place')} (${overlay}; --literal leaves that out).`,
      );
    }
  }
  const options = inForce(settings);
  if (options.length > 0) say(`In force: ${options.join(', ')}.`);
  if (settings.replayed.length > 0)
    say('What is marked as recorded was read from the kit; --no-replay forgets it.');
}

/** The options that differ from a default, as they would be typed, each with where it came from. */
function inForce({
  spec,
  overlay,
  refRoot,
  literal,
  products,
  handlers,
  adapters,
  inbox,
  clients,
  replayed,
  cwd,
}: Summary['settings']): readonly string[] {
  const paths = (flag: string, list: readonly string[]) =>
    list.map((path) => `${flag} ${shownPath(path, cwd)}`);
  const options: readonly (readonly [string, readonly string[]])[] = [
    ['spec', (spec ?? []).map((path) => `--spec ${shownSpec(path, cwd)}`)],
    ['overlay', paths('--overlay', overlay)],
    ['refRoot', paths('--ref-root', refRoot === undefined ? [] : [refRoot])],
    ['literal', literal ? ['--literal'] : []],
    ['products', products ? [`--products ${printable(products.join(','))}`] : []],
    ['handlers', handlers ? [] : ['--no-handlers']],
    ['adapters', adapters.join() === adaptersByDefault.join() ? [] : [`--adapters ${named(adapters)}`]],
    ['inbox', inbox.length > 0 ? [`--inbox ${named(inbox)}`] : []],
    ['clients', clients.length > 0 ? [`--clients ${named(clients)}`] : []],
  ];
  return options.flatMap(([name, texts]) =>
    texts.map((text) => (replayed.includes(name) ? `${text} (recorded)` : text)),
  );
}

/** A choice as it would be typed. */
function named(choice: readonly string[]): string {
  return choice.length > 0 ? choice.join(',') : 'none';
}

const marks = { created: '+', changed: '~', removed: '-', edited: '!', foreign: '!' } as const;
const colours = {
  created: 'green',
  changed: 'yellow',
  removed: 'red',
  edited: 'red',
  foreign: 'red',
} as const;

/** The commands about a kit. */
type Command = 'generate' | 'check';
type State = Summary['manifest']['state'];

/** What `generate` does to a file, as what `check` finds the file to be. */
const findings: Readonly<Partial<Record<State, string>>> = { created: 'missing', removed: 'orphaned' };

function wordFor(state: State, command: Command): string {
  return command === 'check' ? (findings[state] ?? state) : state;
}

/** Lists the files that differ, by what was done to them, or by what they were found to be. */
export function sayFiles({ files }: Summary, command: Command): void {
  for (const { path, state } of files) {
    if (state === 'unchanged') continue;
    say(`  ${style(colours[state], `${marks[state]} ${wordFor(state, command)}`.padEnd(11))} ${path}`);
  }
}

/** The kit's folder as the user would name it. */
export function folderName({ settings: { out, cwd } }: Summary): string {
  return shownPath(out, cwd);
}

/** The folder of a kit that has not been looked at. */
export function outFolder({ out, cwd = process.cwd() }: Options): string {
  return shownPath(resolve(cwd, out), cwd);
}

/** A path as the user would name it. */
export function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path).split(sep).join('/');
  return printable(near === '' ? '.' : near.startsWith('..') ? path : near);
}

/** A document as the user would name it, or the word for those that come with the program. */
export function shownSpec(path: string, cwd: string): string {
  if (path === shippedWord) return path;
  const near = shownPath(path, cwd);
  return near === shippedWord ? `./${near}` : near;
}

/** What every command about a kit prints with --json. The manifest is the last of the files. */
export function kitDocument(summary: Summary, command: Command): object {
  const { settings, events, documents, files, manifest, diagnostics } = summary;
  const { replayed, cwd: _, ...options } = settings;
  return {
    options,
    replayed,
    documents: documents.map(({ file, overlays }) => ({ file, overlays })),
    events,
    files: [...files, manifest].map(({ path, state, role }) => ({
      path,
      state: wordFor(state, command),
      role,
    })),
    diagnostics,
  };
}

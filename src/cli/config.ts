import { options, type OptionEntry } from '../config/options.js';
import { settingsOf, type Configuration, type KitConfiguration } from '../app/configure.js';
import type { Position } from '../diagnostics/source-location.js';
import { commandless } from '../diagnostics/printable.js';
import { columns } from './columns.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import type { Outcome } from './outcome.js';
import type { Flags } from './flags.js';
import { shownPath, shownSpec } from './report.js';

/** An option in force. */
interface InForce {
  readonly entry: OptionEntry;
  /** Undefined where the default is nothing that could be written. */
  readonly value: Value;
  readonly from: ValueSource;
}

type Value = boolean | string | readonly string[] | undefined;

type ValueSource =
  | { readonly by: 'flag' | 'default' }
  | { readonly by: 'file' | 'recorded'; readonly file: string; readonly position?: Position | undefined };

/** `config`: shows what is in force for each kit, and where it was said. */
export async function configCommand(flags: Flags): Promise<Outcome> {
  const cwd = process.cwd();
  const configuration = await configured(flags);
  const kits = await Promise.all(configuration.kits.map((kit) => inForce(kit, configuration, cwd)));
  const { file = null, isProgram, diff } = configuration;
  const reported = kits.map((kit) =>
    Object.fromEntries(kit.map(({ entry, value = null, from }) => [entry.name, { value, from }])),
  );
  return {
    exitCode: exitCodes.fine,
    findings: [],
    document: { file, isProgram, kits: reported, diff },
    say() {
      const tables = kits.map((kit) => columns([titles, ...kit.map((each) => row(each, cwd))]));
      const rows = columns([titles, ...diffRows(configuration)]);
      process.stdout.write(commandless([...tables, rows].join('\n')));
    },
  };
}

const titles = ['OPTION', 'VALUE', 'FROM'];

async function inForce(
  kit: KitConfiguration,
  { file }: Configuration,
  cwd: string,
): Promise<readonly InForce[]> {
  const settings = await settingsOf(kit);
  const manifest = shownPath(`${settings.out}/.freshworks-gen.json`, cwd);
  return options.map((entry): InForce => {
    const { name } = entry;
    const source = kit.sources[name];
    const value = settings[name];
    if (settings.replayed.includes(name)) return { entry, value, from: { by: 'recorded', file: manifest } };
    if (source?.from === 'file')
      return { entry, value, from: { by: 'file', file: file ?? '', position: source.position } };
    return { entry, value, from: { by: source ? 'flag' : 'default' } };
  });
}

function row({ entry, value, from }: InForce, cwd: string): readonly string[] {
  const isPath = entry.kind === 'path' || entry.kind === 'paths';
  const shownPathOf = entry.name === 'spec' ? shownSpec : shownPath;
  const shown = (text: string) => (isPath ? shownPathOf(text, cwd) : text);
  const texts =
    typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  const written = typeof value === 'boolean' ? String(value) : texts.map(shown).join(', ');
  const isUnsaid = value === undefined || (written === '' && from.by === 'default');
  return [entry.name, isUnsaid ? (entry.otherwise ?? '') : written || 'none', origin(from, entry, value)];
}

function origin(from: ValueSource, { syntax }: OptionEntry, value: Value): string {
  switch (from.by) {
    case 'flag': {
      const flag = /--(?:no-)?([a-z-]+)/.exec(syntax)?.[1] ?? '';
      return `--${value === false ? 'no-' : ''}${flag} flag`;
    }
    case 'recorded':
      return `recorded in ${from.file}`;
    case 'file':
      return at(from.position) ?? from.file;
    case 'default':
      return 'default';
  }
}

function diffRows({ file, diff }: Configuration): readonly (readonly string[])[] {
  const { failOn, failOnSource, accept } = diff;
  const [first] = accept;
  const said = failOnSource?.from === 'file' ? failOnSource : undefined;
  const origin = (each: { readonly position: Position | undefined } | undefined) =>
    each ? (at(each.position) ?? file ?? '') : 'default';
  return [
    ['diff.failOn', failOn, origin(said)],
    ['diff.accept', String(accept.length || 'none'), origin(first)],
  ];
}

function at(position: Position | undefined): string | undefined {
  return position && `${position.file}:${position.line}:${position.column}`;
}

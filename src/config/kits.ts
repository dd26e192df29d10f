import { resolve, sep } from 'node:path';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import type { Given, GivenKit } from './check-options.js';
import { listed } from './nearest-word.js';
import { limits, options, shippedWord, type OptionEntry, type OptionName } from './options.js';
import type { Options } from './settings.js';
import { findingIn, type Source, type Written } from './written.js';

/** One kit, as it was asked for. */
export interface KitConfiguration {
  readonly options: Options;
  /** Of the options that were given. */
  readonly sources: Sources;
  /** The flags that say what the configuration does not, as they are typed: a command without them makes another kit. */
  readonly unwritten?: readonly string[];
}

/** By the option's name. */
type Sources = Readonly<Partial<Record<OptionName, Source>>>;

/** The options of a kit as the command line gives them. */
export type KitFlags = Partial<Omit<Options, 'cwd'>>;

/** The kit that flags alone ask for. What they leave open, its manifest may say. */
export function kitOfFlags(flags: KitFlags & { readonly out: string }, cwd: string): KitConfiguration {
  const { replay } = flags;
  const { values, sources } = flagged(flags, cwd);
  return { options: { ...values, out: resolve(cwd, flags.out), replay, cwd }, sources };
}

/**
 * The kits of a configuration, with what flags say of them. The file is all there is to know: no manifest is replayed.
 *
 * @throws Rejected `config-overlap` for kits in each other's folders, `kit-unknown` where `--out` picks none of several
 */
export function kitsOfConfig(
  kits: readonly GivenKit[],
  { file, folder }: Pick<Written, 'file' | 'folder'>,
  flags: KitFlags,
  cwd: string,
): readonly KitConfiguration[] {
  const folders = kits.map((kit) => resolve(folder, String(kit.get('out')?.value)));
  const overlaps = overlapping(kits, folders, file);
  if (overlaps.length > 0) throw new Rejected(...overlaps);

  const several = kits.length > 1;
  const { out: asked, ...others } = flags;
  const picked = asked === undefined ? undefined : resolve(cwd, asked);
  if (several && picked !== undefined && !folders.includes(picked)) {
    const known = listed(folders.map((each) => fileName(each, cwd)));
    const message = `No kit of ${file} goes to ${fileName(picked, cwd)}; its kits go to ${known}.`;
    throw new Rejected(diagnostic('kit-unknown', message));
  }
  const { values, sources } = flagged(several ? others : flags, cwd);
  return kits.flatMap((kit, index) => {
    const out = folders[index] ?? '';
    if (several && picked !== undefined && picked !== out) return [];
    const written = new Map<OptionName, Source>();
    for (const [name, { location }] of kit) written.set(name, { from: 'file', position: location?.position });
    const own = Object.fromEntries([...kit].map(([name, given]) => [name, fromFolder(name, given, folder)]));
    const before: Values = { ...own, out };
    const unwritten = options
      .filter((option) => option.name in values && !isSame(option, before, values as Values))
      .map(({ syntax }) => syntax.replace(/^-\w, | <.*/g, ''));
    return {
      options: { ...own, out, ...values, replay: false, cwd },
      sources: { ...Object.fromEntries(written), ...sources },
      unwritten,
    };
  });
}

type Values = Readonly<Record<string, unknown>>;

/** Whether a file and flags say the same of an option, or the flags what it is by default. */
function isSame({ name, kind, byDefault = [] }: OptionEntry, file: Values, flags: Values): boolean {
  const text = (value: unknown) => {
    const list = [value ?? byDefault].flat().map(String);
    return JSON.stringify(kind === 'paths' ? list : list.sort());
  };
  return text(file[name]) === text(flags[name]);
}

/** What flags say, paths absolute. */
function flagged(
  flags: KitFlags,
  cwd: string,
): { readonly values: Partial<Options>; readonly sources: Sources } {
  const values = new Map<OptionName, unknown>();
  const sources = new Map<OptionName, Source>();
  for (const { name } of options) {
    const value = flags[name];
    if (value === undefined) continue;
    values.set(name, fromFolder(name, { value, location: undefined }, cwd));
    sources.set(name, { from: 'flag' });
  }
  return { values: Object.fromEntries(values), sources: Object.fromEntries(sources) };
}

function fromFolder(name: OptionName, { value }: Given, folder: string): unknown {
  if (!paths.has(name)) return value;
  const from = (path: string) => (name === 'spec' && path === shippedWord ? path : resolve(folder, path));
  return typeof value === 'object' ? value.map(from) : from(String(value));
}

const paths: ReadonlySet<string> = new Set(
  options.filter(({ kind }) => kind === 'path' || kind === 'paths').map(({ name }) => name),
);

/** Kits whose folder is, or is in, the folder of another one. Each is found at the later of the two. */
function overlapping(kits: readonly GivenKit[], folders: readonly string[], file: string): Diagnostic[] {
  const inOrder = folders
    .map((out, index) => ({ index, inside: out.endsWith(sep) ? out : out + sep }))
    .sort((a, b) => (a.inside === b.inside ? a.index - b.index : a.inside < b.inside ? -1 : 1));
  const found: { readonly later: number; readonly finding: Diagnostic }[] = [];
  // What a folder holds follows it in this order.
  let outer = inOrder[0];
  for (const each of inOrder.slice(1)) {
    if (outer === undefined || !each.inside.startsWith(outer.inside)) {
      outer = each;
      continue;
    }
    const [earlier, later] = [outer.index, each.index].sort((a, b) => a - b) as [number, number];
    const location = kits[earlier]?.get('out')?.location?.position;
    const where = location ? ` (${location.file}:${location.line}:${location.column})` : '';
    const relation =
      each.inside === outer.inside ? 'go to the same folder' : 'have one folder inside the other';
    const message = `\`kits[${later}]\` and \`kits[${earlier}]\`${where} ${relation}.`;
    found.push({
      later,
      finding: findingIn(file, 'config-overlap', message, kits[later]?.get('out')?.location),
    });
  }
  return found
    .sort((a, b) => a.later - b.later)
    .slice(0, limits.findings)
    .map(({ finding }) => finding);
}

import { relative, resolve, sep } from 'node:path';
import type { Json, JsonObject } from '../model/json.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { choicesIn, unknownChoices, type ChoiceName } from './choices.js';
import { isText } from './issues.js';
import { adaptersByDefault, shippedWord, type OptionName } from './options.js';
import { inManifest, recordedWords, type Recorded } from './recorded.js';

/** What a user may ask for. Paths are taken from `cwd`. */
export interface Options {
  /** The kit's folder. */
  readonly out: string;
  /**
   * AsyncAPI documents in place of the shipped ones. The word `shipped` keeps those; a file of that name is `./shipped`. An
   * empty list is the shipped ones.
   */
  readonly spec?: readonly string[] | undefined;
  /** Overlays to apply after the shipped ones, in order. */
  readonly overlay?: readonly string[] | undefined;
  /** A folder above the documents that references may read from. */
  readonly refRoot?: string | undefined;
  /** Leaves out the corrections to the published document. */
  readonly literal?: boolean | undefined;
  /** Only these products. An empty list is all of them, whatever the kit was made with. */
  readonly products?: readonly string[] | undefined;
  /** False where you keep handlers of your own: no stubs, no collection. */
  readonly handlers?: boolean | undefined;
  /** The adapters to write. */
  readonly adapters?: readonly string[] | undefined;
  /** The inbox engines to write: each stores deliveries before they are answered. */
  readonly inbox?: readonly string[] | undefined;
  /** The clients to write: each calls a product's REST API. */
  readonly clients?: readonly string[] | undefined;
  /** False to take defaults for what is not given, whatever the kit was made with. */
  readonly replay?: boolean | undefined;
  /** Where paths start and messages are told from; the working directory by default. */
  readonly cwd?: string | undefined;
}

/** Options with every question answered. Paths are absolute. */
export interface Settings {
  readonly out: string;
  /** Undefined for the documents that come with the program, which the word `shipped` stands for beside others. */
  readonly spec: readonly string[] | undefined;
  readonly overlay: readonly string[];
  readonly refRoot: string | undefined;
  readonly literal: boolean;
  readonly products: readonly string[] | undefined;
  readonly handlers: boolean;
  readonly adapters: readonly string[];
  readonly inbox: readonly string[];
  readonly clients: readonly string[];
  readonly cwd: string;
  /** The options that came from the manifest of the kit, by name. */
  readonly replayed: readonly string[];
}

/**
 * Decides what is in force: what was asked for, else what the kit was made with, else the default.
 *
 * @param recorded what the kit's manifest has recorded, where there is a kit
 * @throws Rejected `choice-unknown` for a word that an option does not know; `option-invalid` for a recorded option of another form
 */
export function settle(options: Options, recorded: Recorded | undefined): Settings {
  const cwd = options.cwd ?? process.cwd();
  const out = resolve(cwd, options.out);
  const asked = (paths: readonly string[] | undefined) => paths?.map((path) => resolve(cwd, path));
  const specsFrom = (folder: string, specs: readonly string[]) =>
    specs.map((spec) => (spec === shippedWord ? spec : resolve(folder, spec)));
  const replay = new Map(Object.entries((options.replay === false ? undefined : recorded?.options) ?? {}));
  const replayed: string[] = [];
  const choose = <T>(
    name: OptionName,
    given: T | undefined,
    read: (value: Json, wrong: Wrong) => T,
  ): T | undefined => {
    const value = replay.get(name);
    if (given !== undefined || value === undefined) return given;
    replayed.push(name);
    return read(value, (form) => {
      const found = diagnostic('option-invalid', `records options.${name}, which must be ${form}.`);
      return new Rejected(inManifest(found, name, recorded));
    });
  };
  const chosen = (name: ChoiceName, byDefault: readonly string[]) => {
    const words = choose(name, options[name], (value, wrong) => {
      const recordedAs = texts(value, wrong);
      const unknown = unknownChoices(name, recordedAs);
      if (unknown.length > 0) throw recordedWords(unknown, name, recorded);
      return recordedAs;
    });
    return choicesIn(name, words ?? byDefault);
  };
  const fromOut = (path: string) => resolve(out, path);

  return {
    out,
    spec: nonEmpty(
      choose('spec', options.spec && specsFrom(cwd, options.spec), (value, wrong) =>
        specsFrom(out, texts(value, wrong)),
      ),
    ),
    overlay:
      choose('overlay', asked(options.overlay), (value, wrong) => texts(value, wrong).map(fromOut)) ?? [],
    refRoot: choose(
      'refRoot',
      options.refRoot === undefined ? undefined : resolve(cwd, options.refRoot),
      (value, wrong) => fromOut(text(value, wrong)),
    ),
    literal: choose('literal', options.literal, flag) ?? false,
    products: nonEmpty(choose('products', options.products, texts)),
    handlers: choose('handlers', options.handlers, flag) ?? true,
    adapters: chosen('adapters', adaptersByDefault),
    inbox: chosen('inbox', []),
    clients: chosen('clients', []),
    cwd,
    replayed,
  };
}

/** What the manifest keeps: only what differs from a default, paths from the kit's folder, so that a clone elsewhere replays it. */
export function record(settings: Settings): JsonObject {
  const { out, spec, overlay, refRoot, literal, products, handlers, adapters, inbox, clients } = settings;
  const fromOut = (path: string) => relative(out, path).split(sep).join('/') || '.';
  return {
    ...(spec && { spec: spec.map((path) => (path === shippedWord ? path : unlikeWord(fromOut(path)))) }),
    ...(overlay.length > 0 && { overlay: overlay.map(fromOut) }),
    ...(refRoot !== undefined && { refRoot: fromOut(refRoot) }),
    ...(literal && { literal }),
    ...(products && { products: [...products].sort() }),
    ...(!handlers && { handlers }),
    ...(adapters.join() !== adaptersByDefault.join() && { adapters }),
    ...(inbox.length > 0 && { inbox }),
    ...(clients.length > 0 && { clients }),
  };
}

/** A path that is not taken for the word. */
function unlikeWord(path: string): string {
  return path === shippedWord ? `./${path}` : path;
}

function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** Makes an error of what a recorded option must be. */
type Wrong = (form: string) => Rejected;

function texts(value: Json, wrong: Wrong): readonly string[] {
  if (!Array.isArray(value)) throw wrong('a list of texts');
  return (value as readonly Json[]).map((each) => {
    if (!isText(each)) throw wrong('a list of texts that are not empty');
    return each;
  });
}

function text(value: Json, wrong: Wrong): string {
  if (!isText(value)) throw wrong('a text that is not empty');
  return value;
}

function flag(value: Json, wrong: Wrong): boolean {
  if (typeof value !== 'boolean') throw wrong('`true` or `false`');
  return value;
}

import type { Json } from '../model/json.js';

/** What connects a receiver to a server. */
export const adapterNames = ['node', 'express', 'fastify', 'lambda'] as const;

/** What keeps deliveries between the answer and the work; `own` is an engine that the user writes. */
export const inboxNames = ['sqlite', 'pg-boss', 'bullmq', 'own'] as const;

/** The products whose REST API a kit can have a client for. */
export const clientNames = ['helpdesk', 'freshdesk', 'freshservice', 'freshsales', 'freshchat'] as const;

export type ClientName = (typeof clientNames)[number];

export type InboxEngine = (typeof inboxNames)[number];

/** Stands among `spec` for the documents that come with the program; a file of that name is `./shipped`. */
export const shippedWord = 'shipped';

export const adaptersByDefault: readonly (typeof adapterNames)[number][] = ['node'];

/**
 * How an option is written: `path` and `paths` start at the folder of the file or at the working directory, `choices` are
 * some of a few known names. What takes several takes one as a text too.
 */
export type Kind = 'path' | 'paths' | 'names' | 'choices' | 'flag';

/** An option of a kit. The command line, the checks, the JSON Schema and the documentation are made from this. */
export interface OptionEntry {
  readonly name: string;
  readonly kind: Kind;
  /** As the command line declares it. */
  readonly syntax: string;
  /** What `--help` says of it. */
  readonly help: string;
  /** What it means in a configuration, in whole sentences. */
  readonly meaning: string;
  /** What is in force where nobody says anything, if it can be written. */
  readonly byDefault?: Json;
  /** The same in words; undefined for what has to be said. */
  readonly otherwise?: string;
  /** What can be chosen. */
  readonly choices?: readonly string[];
  /** Whether a list of none says something. */
  readonly mayBeEmpty?: boolean;
  /** Whether it says what documents are read, or what a kit is made of them. */
  readonly about: 'documents' | 'kit';
}

const all = [
  {
    name: 'out',
    kind: 'path',
    syntax: '-o, --out <folder>',
    help: "the kit's folder, such as ./src/events",
    meaning: "The kit's folder.",
    about: 'kit',
  },
  {
    name: 'spec',
    kind: 'paths',
    syntax: '--spec <file>',
    help: 'an AsyncAPI document in place of the shipped ones; the word `shipped` keeps those (repeatable)',
    meaning:
      'AsyncAPI documents in place of the shipped ones. The word `shipped` in the list keeps those; a file of that name is `./shipped`.',
    otherwise: 'the shipped documents',
    about: 'documents',
  },
  {
    name: 'overlay',
    kind: 'paths',
    syntax: '--overlay <file>',
    help: 'an overlay to apply to the documents (repeatable)',
    meaning: 'Overlays to apply after the shipped ones, in order.',
    byDefault: [],
    otherwise: 'none',
    mayBeEmpty: true,
    about: 'documents',
  },
  {
    name: 'refRoot',
    kind: 'path',
    syntax: '--ref-root <folder>',
    help: 'let references read files below this folder',
    meaning: 'A folder above the documents that references may read from.',
    otherwise: "each document's own folder",
    about: 'documents',
  },
  {
    name: 'literal',
    kind: 'flag',
    syntax: '--literal',
    help: 'leave out the corrections to the published document',
    meaning: 'Leaves out the corrections to the published document.',
    byDefault: false,
    otherwise: 'false',
    about: 'documents',
  },
  {
    name: 'products',
    kind: 'names',
    syntax: '--products <names>',
    help: 'only these products, separated by commas',
    meaning: 'Only these products.',
    otherwise: 'all',
    about: 'documents',
  },
  {
    name: 'handlers',
    kind: 'flag',
    syntax: '--no-handlers',
    help: 'write no handler stubs and do not collect handlers',
    meaning: 'False where you keep handlers of your own: no stubs, no collection.',
    byDefault: true,
    otherwise: 'true',
    about: 'kit',
  },
  {
    name: 'adapters',
    kind: 'choices',
    syntax: '--adapters <names>',
    help: `the adapters to write, separated by commas: ${adapterNames.join(', ')}; or \`none\``,
    meaning: 'The adapters to write.',
    byDefault: adaptersByDefault,
    otherwise: 'node',
    choices: adapterNames,
    mayBeEmpty: true,
    about: 'kit',
  },
  {
    name: 'inbox',
    kind: 'choices',
    syntax: '--inbox <names>',
    help: `the inbox engines to write, separated by commas: ${inboxNames.join(', ')}; or \`none\``,
    meaning: 'The inbox engines to write: each stores deliveries before they are answered.',
    byDefault: [],
    otherwise: 'none',
    choices: inboxNames,
    mayBeEmpty: true,
    about: 'kit',
  },
  {
    name: 'clients',
    kind: 'choices',
    syntax: '--clients <names>',
    help: `the clients of REST APIs to write, separated by commas: ${clientNames.join(', ')}; or \`none\``,
    meaning: "The clients to write: each calls a product's REST API.",
    byDefault: [],
    otherwise: 'none',
    choices: clientNames,
    mayBeEmpty: true,
    about: 'kit',
  },
] as const satisfies readonly OptionEntry[];

export type OptionName = (typeof all)[number]['name'];

/** The table, without what has nothing to choose from. */
export const options: readonly (OptionEntry & { readonly name: OptionName })[] = all.filter(
  (entry: OptionEntry) => entry.choices?.length !== 0,
);

/** From which change on a comparison fails. */
export const failOn = ['breaking', 'risky', 'none'] as const;

/** More than anybody has: a file at its limits is read in no time. */
export const limits = { kits: 1_000, accept: 10_000, findings: 20 } as const;

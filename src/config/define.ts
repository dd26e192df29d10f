import type { RuleId } from '../model/change-rules.js';
import type { adapterNames, ClientName, InboxEngine } from './options.js';

/** What a kit is made from, and where it goes. Paths start at the folder of the configuration. */
export interface KitConfig {
  /** The kit's folder. */
  readonly out: string;
  /** AsyncAPI documents in place of the shipped ones. The word `shipped` in the list keeps those; a file of that name is `./shipped`. */
  readonly spec?: string | readonly string[] | undefined;
  /** Overlays to apply after the shipped ones, in order. */
  readonly overlay?: string | readonly string[] | undefined;
  /** A folder above the documents that references may read from. */
  readonly refRoot?: string | undefined;
  /** Leaves out the corrections to the published document. */
  readonly literal?: boolean | undefined;
  /** Only these products. */
  readonly products?: string | readonly string[] | undefined;
  /** False where you keep handlers of your own: no stubs, no collection. */
  readonly handlers?: boolean | undefined;
  /** The adapters to write. */
  readonly adapters?: Adapter | readonly Adapter[] | undefined;
  /** The inbox engines to write: each stores deliveries before they are answered. */
  readonly inbox?: InboxEngine | readonly InboxEngine[] | undefined;
  /** The clients to write: each calls a product's REST API. */
  readonly clients?: ClientName | readonly ClientName[] | undefined;
}

/** What connects a receiver to a server. */
export type Adapter = (typeof adapterNames)[number];

/** How kits are compared with what they were. */
export interface DiffConfig {
  /** From which change on `diff` fails. */
  readonly failOn?: 'breaking' | 'risky' | 'none' | undefined;
  /** Changes that are meant. */
  readonly accept?: readonly AcceptConfig[] | undefined;
}

/** A change that is meant, and why. */
export interface AcceptConfig {
  /** The rule that names the change. */
  readonly rule: RuleId;
  /** What changed, as the report names it: `FreshdeskTicket.priority`. */
  readonly subject: string;
  /** Why the change is accepted. */
  readonly reason: string;
}

interface Common {
  /** The JSON Schema that editors complete by. */
  readonly $schema?: string | undefined;
  /** How kits are compared with what they were. */
  readonly diff?: DiffConfig | undefined;
}

/** A configuration of one kit, or of several. */
export type Config =
  | (KitConfig & Common & { readonly kits?: never })
  | (Common & {
      /** Several kits. Their options stand in their entries. */
      readonly kits: readonly KitConfig[];
    } & { readonly [Name in keyof KitConfig]?: never });

/** What a program may export for a configuration. */
export type ConfigExport = Config | Promise<Config> | (() => Config | Promise<Config>);

/** Gives a configuration its type: `export default defineConfig({ out: './src/events' })`. */
export function defineConfig(config: ConfigExport): ConfigExport {
  return config;
}

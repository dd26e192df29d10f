import type { failOn } from '../config/options.js';
import type { Format } from './render.js';

/** Options as commander hands them over. */
export interface Flags {
  readonly config?: string | false;
  readonly out?: string;
  readonly spec?: readonly string[];
  readonly overlay?: readonly string[];
  readonly refRoot?: string;
  readonly literal?: boolean;
  readonly products?: readonly string[];
  readonly handlers?: boolean;
  readonly adapters?: readonly string[];
  readonly inbox?: readonly string[];
  readonly clients?: readonly string[];
  readonly packageManager?: string;
  readonly workflow?: boolean;
  readonly yes?: boolean;
  readonly replay?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly watch?: boolean;
  readonly format?: Format;
  readonly json?: boolean;
  readonly failOn?: (typeof failOn)[number];
  readonly verbose?: boolean;
  readonly to?: string;
  readonly asIs?: boolean;
  readonly timeout?: string;
  readonly body?: string;
  readonly set?: readonly string[];
  readonly form?: boolean;
  readonly secretEnv?: readonly string[];
  readonly key?: readonly string[];
  readonly username?: readonly string[];
  readonly scheme?: readonly string[];
  readonly header?: readonly string[];
  readonly forward?: string;
  readonly port?: string;
  readonly pagePort?: string;
  readonly keep?: string;
  readonly keepDays?: string;
  readonly store?: boolean;
  readonly maxBody?: string;
  readonly clear?: boolean;
  readonly export?: string;
}

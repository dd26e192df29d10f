import type { Detail, EventInfo, State } from '../dev/api.js';
import type { Filter } from './filter.js';
import type { Row } from './rows.js';

/** How the page stands with its server. `locked`: the token is missing, or no longer the right one. */
export type Connection = 'connecting' | 'live' | 'lost' | 'locked';

/** The window that is open above the page. */
export type Dialog =
  | { readonly kind: 'send' }
  | { readonly kind: 'edit'; readonly delivery: Detail }
  | { readonly kind: 'infer' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'help' }
  /** What could not be put on the clipboard, to be copied by hand. */
  | { readonly kind: 'copy'; readonly title: string; readonly text: string };

export interface Notice {
  readonly text: string;
  readonly isError: boolean;
}

/** Everything that is drawn. */
export interface Shown {
  readonly connection: Connection;
  readonly server: State | undefined;
  readonly events: readonly EventInfo[];
  /** The list has been read once. */
  readonly isLoaded: boolean;
  /** Every row, and those that the filter leaves. */
  readonly all: readonly Row[];
  readonly rows: readonly Row[];
  readonly filter: Filter;
  /** The row that the keys move from. */
  readonly cursor: string | undefined;
  /** The delivery that is read. */
  readonly selected: string | undefined;
  readonly detail: Detail | undefined;
  /** Why there is no detail. */
  readonly trouble: string | undefined;
  readonly dialog: Dialog | undefined;
  readonly notice: Notice | undefined;
}

/** No delivery is chosen. */
export const nothingRead = { selected: undefined, detail: undefined, trouble: undefined };

export const nothingYet: Shown = {
  connection: 'connecting',
  server: undefined,
  events: [],
  isLoaded: false,
  all: [],
  rows: [],
  filter: {},
  cursor: undefined,
  ...nothingRead,
  dialog: undefined,
  notice: undefined,
};

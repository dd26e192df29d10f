import type { Summary } from '../dev/api.js';
import type { Row } from './rows.js';

/** What the list is narrowed to. Everything that is given has to hold. */
export interface Filter {
  readonly product?: string;
  readonly event?: string;
  readonly status?: Status;
  /** Words, each of which has to be somewhere in the row. */
  readonly text?: string;
}

/** What a row may be filtered by, and how the page calls it. */
export const statuses = {
  trouble: 'any trouble',
  valid: 'valid',
  invalid: 'with issues',
  unreadable: 'unreadable',
  unknown: 'unknown event',
  fields: 'unknown fields',
  authentic: 'authentic',
  refused: 'signature refused',
  ok: 'app answered 2xx',
  failed: 'app failed',
} as const;

export type Status = keyof typeof statuses;

/** Whether the app took the delivery; undefined while its answer is awaited, or where nothing is forwarded. */
export function isAcknowledged({ outcome }: Summary): boolean | undefined {
  if (outcome === undefined || 'kept' in outcome) return undefined;
  return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
}

/** Whether somebody has to do something about it: what the list marks, and what the filter calls any trouble. */
export function isTrouble(delivery: Summary): boolean {
  const { validity, authenticity } = delivery;
  return (
    validity === 'invalid' ||
    validity === 'unreadable' ||
    authenticity === 'refused' ||
    isAcknowledged(delivery) === false
  );
}

const holds: Readonly<Record<Status, (delivery: Summary) => boolean>> = {
  trouble: isTrouble,
  valid: ({ validity }) => validity === 'valid',
  invalid: ({ validity }) => validity === 'invalid',
  unreadable: ({ validity }) => validity === 'unreadable',
  unknown: ({ validity }) => validity === 'unknown',
  fields: ({ unknownFields }) => unknownFields > 0,
  authentic: ({ authenticity }) => authenticity === 'authentic',
  refused: ({ authenticity }) => authenticity === 'refused',
  ok: (each) => isAcknowledged(each) === true,
  failed: (each) => isAcknowledged(each) === false,
};

/** What a text is looked for in, in small letters; made once for each delivery. */
const searched = new WeakMap<Summary, string>();

function searchedOf(delivery: Summary): string {
  let text = searched.get(delivery);
  if (text === undefined) {
    const { id, event, product, method, path, source, authenticity, reason, validity, outcome } = delivery;
    const answer =
      outcome === undefined
        ? ''
        : 'status' in outcome
          ? outcome.status
          : 'error' in outcome
            ? outcome.error
            : '';
    text = [id, event, product, method, path, source, authenticity, reason, validity, answer]
      .join('\n')
      .toLowerCase();
    searched.set(delivery, text);
  }
  return text;
}

/** Makes ready what texts are looked for in, a little at a time: all at once would be felt by whoever types the first letter. */
export function prepare(rows: readonly Row[]): void {
  let next = 0;
  const goOn = (): void => {
    const end = performance.now() + 4;
    while (performance.now() < end) {
      const row = rows[next];
      if (row === undefined) return;
      row.all.forEach(searchedOf);
      next += 1;
    }
    setTimeout(goOn);
  };
  setTimeout(goOn);
}

/** The rows that a filter leaves, in their order. A row stays if its newest delivery, or any for a text, is what is asked for. */
export function filterRows(rows: readonly Row[], filter: Filter): readonly Row[] {
  const { product, event, status } = filter;
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (!isFiltering(filter)) return rows;
  return rows.filter(
    ({ latest, all }) =>
      (product === undefined || latest.product === product) &&
      (event === undefined || latest.event === event) &&
      (status === undefined || holds[status](latest)) &&
      (words.length === 0 ||
        all.some((each) => {
          const text = searchedOf(each);
          return words.every((word) => text.includes(word));
        })),
  );
}

export function isFiltering({ product, event, status, text = '' }: Filter): boolean {
  return product !== undefined || event !== undefined || status !== undefined || text.trim() !== '';
}

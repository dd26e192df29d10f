import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Summary } from '../dev/api.js';
import { isFiltering, statuses, type Filter, type Status } from './filter.js';
import type { Row } from './rows.js';
import type { Session } from './session.js';

/** What the list is narrowed to. */
export function Filters({ session }: { readonly session: Session }): JSX.Element {
  const { filter, all, rows } = session.shown;
  const products = useMemo(() => named(all, ({ product }) => product), [all]);
  const events = useMemo(
    () =>
      named(all, ({ product, event }) =>
        filter.product === undefined || product === filter.product ? event : undefined,
      ),
    [all, filter.product],
  );
  return (
    <search class="filters">
      <input
        id="filter-text"
        type="search"
        aria-label="Filter by text"
        aria-keyshortcuts="/"
        placeholder="Filter   /"
        autocomplete="off"
        spellcheck={false}
        value={filter.text ?? ''}
        onInput={({ currentTarget: { value } }) => session.filter({ text: value })}
      />
      <Choice
        label="Product"
        everything="All products"
        chosen={filter.product}
        options={withChosen(products, filter.product)}
        onChoose={(product) => session.filter({ product, event: undefined })}
      />
      <Choice
        label="Event"
        everything="All events"
        chosen={filter.event}
        options={withChosen(events, filter.event)}
        onChoose={(event) => session.filter({ event })}
      />
      <Choice
        label="Status"
        everything="Any status"
        chosen={filter.status}
        options={Object.entries(statuses)}
        onChoose={(status) => session.filter({ status: status as Status | undefined })}
      />
      <p class="count" role="status">
        {isFiltering(filter) && `${rows.length} of `}
        {all.length}
        <span class="unseen">{all.length === 1 ? ' row' : ' rows'}</span>
        {isFiltering(filter) && (
          <button type="button" class="link" onClick={() => session.filter(everything)}>
            Clear<span class="unseen"> the filter</span>
          </button>
        )}
      </p>
    </search>
  );
}

/** Nothing is filtered. */
export const everything: { readonly [Name in keyof Filter]: undefined } = {
  product: undefined,
  event: undefined,
  status: undefined,
  text: undefined,
};

interface ChoiceProps {
  readonly label: string;
  readonly everything: string;
  readonly chosen: string | undefined;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChoose: (value: string | undefined) => void;
}

function Choice({ label, everything: all, chosen, options, onChoose }: ChoiceProps): JSX.Element {
  return (
    <select
      aria-label={label}
      class={chosen === undefined ? '' : 'is-chosen'}
      value={chosen ?? ''}
      onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
    >
      <option value="">{all}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** Every name that the newest delivery of a row has. */
function named(rows: readonly Row[], nameOf: (delivery: Summary) => string | undefined): readonly string[] {
  const names = new Set<string>();
  for (const { latest } of rows) {
    const name = nameOf(latest);
    if (name !== undefined) names.add(name);
  }
  return [...names].sort();
}

/** What is chosen stays to be seen, though no delivery has it any more. */
function withChosen(names: readonly string[], chosen: string | undefined): (readonly [string, string])[] {
  const all = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return all.map((name) => [name, name] as const);
}

import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { RowContent, rowHeight } from './row.js';
import type { Row } from './rows.js';
import { indexOf, shiftOf, topFor, windowOf } from './window.js';

interface Props {
  readonly rows: readonly Row[];
  readonly cursor: string | undefined;
  readonly onOpen: (row: Row) => void;
}

/** The list of deliveries. Only what is seen is drawn, and the row of the cursor, which has the focus. */
export function List({ rows, cursor, onOpen }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const at = useMemo(() => indexOf(rows, ({ root }) => root === cursor), [rows, cursor]);
  const before = useRef(rows);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // What is being read stays where it is while rows come and go above it.
  useLayoutEffect(() => {
    const element = box.current;
    const seen = windowOf(top, height, rowHeight, before.current.length, 0);
    const shift = top === 0 ? 0 : shiftOf(before.current, rows, seen, cursor);
    before.current = rows;
    if (element === null || shift === 0) return;
    element.scrollTop = top + shift * rowHeight;
    setTop(element.scrollTop);
  }, [rows]);

  const isThere = at !== undefined;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || at === undefined) return;
    element.scrollTop = topFor(at, element.scrollTop, element.clientHeight, rowHeight);
    if (element.contains(document.activeElement))
      element.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
    // Only when the cursor moves: whoever scrolls away from it may.
  }, [cursor, isThere]);

  const { from, to } = windowOf(top, height, rowHeight, rows.length);
  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  if (at !== undefined && (at < from || at >= to)) drawn.push(at);

  return (
    <div class="list" ref={box} onScroll={({ currentTarget: { scrollTop } }) => setTop(scrollTop)}>
      <div
        class="list-rows"
        role="listbox"
        aria-label="Deliveries, newest first"
        style={{ height: `${rows.length * rowHeight}px` }}
      >
        {drawn.map((index) => {
          const row = rows[index] as Row;
          return (
            <Option
              key={row.root}
              row={row}
              index={index}
              count={rows.length}
              isSelected={row.root === cursor}
              isReached={row.root === cursor || (at === undefined && index === 0)}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

interface OptionProps {
  readonly row: Row;
  readonly index: number;
  readonly count: number;
  readonly isSelected: boolean;
  /** The tabulator key stops at one row alone. */
  readonly isReached: boolean;
  readonly onOpen: (row: Row) => void;
}

function Option({ row, index, count, isSelected, isReached, onOpen }: OptionProps): JSX.Element {
  const content = useMemo(() => <RowContent row={row} />, [row]);
  return (
    <div
      class="row"
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      tabIndex={isReached ? 0 : -1}
      data-id={row.latest.id}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      onClick={() => onOpen(row)}
    >
      {content}
    </div>
  );
}

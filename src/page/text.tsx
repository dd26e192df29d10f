import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { printable } from '../diagnostics/printable.js';
import { counted } from './clock.js';

/** More of one text is shown when somebody asks for it. */
const most = 2000;

interface Props {
  readonly text: string;
  /** Line ends and tabs are kept. */
  readonly isBlock?: boolean;
  readonly most?: number;
}

/** A text out of a delivery: what shows nothing, or reorders what is shown, is written as its escape. */
export function Text({ text, isBlock = false, most: limit = most }: Props): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const rest = isWhole ? 0 : text.length - limit;
  const seen = rest > 0 ? text.slice(0, limit) : text;
  return (
    <>
      {isBlock ? seen.replace(/[^\n\t]+/g, printable) : printable(seen)}
      {rest > 0 && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          … {counted(rest, 'more character')}
        </button>
      )}
    </>
  );
}

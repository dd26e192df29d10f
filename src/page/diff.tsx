import type { JSX } from 'preact';
import { counted } from './clock.js';
import { Text } from './text.js';

/** Who would read more has the files. */
const most = 2000;

/** A unified diff. */
export function Diff({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <pre class="code diff" tabIndex={0} aria-label={label}>
      {lines.slice(0, most).map((line, index) => (
        <div key={index} class={kindOf(line)}>
          {line === '' ? ' ' : <Text text={line} />}
        </div>
      ))}
      {lines.length > most && <div class="diff-at">… {counted(lines.length - most, 'more line')}</div>}
    </pre>
  );
}

function kindOf(line: string): string {
  if (/^(?:\+\+\+|---|@@|diff |index )/.test(line)) return 'diff-at';
  if (line.startsWith('+')) return 'diff-added';
  return line.startsWith('-') ? 'diff-removed' : '';
}

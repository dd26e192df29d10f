import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Detail } from '../dev/api.js';
import { bytes } from './clock.js';
import { hexDump } from './hex.js';
import { Text } from './text.js';

/** The body as it came: as text, or in hexadecimal where it is none. */
export function Raw({ detail }: { readonly detail: Detail }): JSX.Element {
  const { text, base64, isCut, size, contentType } = detail;
  const dump = useMemo(() => {
    if (base64 === undefined) return undefined;
    const decoded = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return hexDump(decoded).join('\n');
  }, [base64]);
  return (
    <>
      <p class="hint">
        {bytes(size)}, <Text text={contentType || 'no content type'} most={200} />
        {isCut && '. This is the beginning: replay and copy take the whole body'}
      </p>
      {size === 0 ? (
        <p class="hint">The body is empty.</p>
      ) : (
        <pre class={dump === undefined ? 'code' : 'code is-dump'} tabIndex={0} aria-label="Body">
          <Text text={dump ?? text ?? ''} isBlock most={40_000} />
        </pre>
      )}
    </>
  );
}

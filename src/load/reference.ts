import type { Code } from '../diagnostics/catalogue.js';
import { pointerSteps } from '../model/pointer.js';

/** What a `$ref` asks for, judged by its text alone. */
export type Reference =
  | { readonly kind: 'inside'; readonly fragment: string; readonly steps: readonly string[] }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly fragment: string;
      readonly steps: readonly string[];
    }
  | { readonly kind: 'refused'; readonly code: Code; readonly reason: string };

/**
 * Tells a reference into the same file, one into a file beside it and one that is not followed apart, without touching the
 * disk or the network. Percent-encoding in a path is decoded first, so that it hides nothing.
 */
export function classifyRef(ref: string): Reference {
  const hash = ref.indexOf('#');
  const fragment = hash < 0 ? '' : ref.slice(hash + 1);
  const path = decoded(hash < 0 ? ref : ref.slice(0, hash));
  if (ref === '' || path === undefined || /[\0-\x1f\x7f]/u.test(path) || /\p{Surrogate}/u.test(fragment)) {
    return refused('ref-malformed', 'is not a reference');
  }
  const refusal = refusePath(path);
  if (refusal) return refusal;
  const steps = pointerSteps(`#${fragment}`);
  if (!steps) return refused('ref-malformed', 'does not end in a JSON Pointer');
  return path === '' ? { kind: 'inside', fragment, steps } : { kind: 'file', path, fragment, steps };
}

function refusePath(path: string): Reference | undefined {
  if (/^\s*[\\/]{2}/u.test(path)) return refused('ref-remote', 'is remote');
  if (/^\s*[a-z]:/iu.test(path)) return refused('ref-absolute', 'is an absolute path');
  const scheme = /^\s*([a-z][a-z\d+.-]*):/iu.exec(path)?.[1]?.toLowerCase();
  if (scheme === 'file') return refused('ref-absolute', 'is an absolute path');
  if (scheme !== undefined) return refused('ref-remote', 'is remote');
  if (/^\s*[\\/]/u.test(path)) return refused('ref-absolute', 'is an absolute path');
  if (path.includes('\\')) return refused('ref-malformed', 'has a backslash in its path');
  return undefined;
}

function refused(code: Code, reason: string): Reference {
  return { kind: 'refused', code, reason };
}

function decoded(path: string): string | undefined {
  try {
    return /\p{Surrogate}/u.test(path) ? undefined : decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

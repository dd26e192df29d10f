import blankTypes from 'ts-blank-space';

/** Emitted TypeScript as JavaScript: its types are blanked. The kit has no syntax that would have to be compiled. */
export function withoutTypes(code: string): string {
  return blankTypes(code);
}

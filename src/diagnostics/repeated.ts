import type { Diagnostic } from './diagnostic.js';

/** Makes one finding of those that are alike; it says how often it was found. */
export function mergeRepeated(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const { code, severity, message, position } = each;
    const key = JSON.stringify([code, severity, message, position?.file, position?.line, position?.column]);
    const before = found.get(key);
    found.set(key, before ? { ...before, count: (before.count ?? 1) + (each.count ?? 1) } : each);
  }
  return [...found.values()];
}

/** What a finding says, with how often it was found where that is more than once. */
export function saidOf({ message, count = 1 }: Pick<Diagnostic, 'message' | 'count'>): string {
  return count > 1 ? `${message} (found ${count} times)` : message;
}

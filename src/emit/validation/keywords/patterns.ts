import { _, type KeywordCxt, type Name } from 'ajv';

/** A pattern as a constant that all functions share. */
export function patternIn({ gen }: KeywordCxt, pattern: string): Name {
  const code = _`new RegExp(${pattern}, "u")`;
  return gen.scopeValue('pattern', { ref: pattern, key: pattern, code });
}

import { _, stringify, type KeywordCxt, type Name } from 'ajv';
import { patternCode } from '../../../model/pattern.js';
import { kitFunction } from './kit.js';

/** A pattern as a constant that all functions share, which checks a text in time linear in it. */
export function patternIn({ gen }: KeywordCxt, pattern: string): Name {
  const how = patternCode(pattern);
  const code =
    how.kind === 'regexp'
      ? _`new RegExp(${pattern}, "u")`
      : _`${kitFunction('linearPattern')}(${stringify(how.data)})`;
  return gen.scopeValue('pattern', { ref: pattern, key: pattern, code });
}

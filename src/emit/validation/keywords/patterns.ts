import { _, stringify, type Code, type KeywordCxt, type Name } from 'ajv';
import { patternCode } from '../../../model/pattern.js';
import { kitFunction } from './kit.js';

/** Whether a text matches a pattern. A plain beginning is compared: that is most of the patterns for names. */
export function matches(cxt: KeywordCxt, pattern: string, text: Name): Code {
  const beginning = /^\^([\w-]+)$/.exec(pattern)?.[1];
  return beginning === undefined
    ? _`${patternIn(cxt, pattern)}.test(${text})`
    : _`${text}.startsWith(${beginning})`;
}

/** A pattern as a constant that all functions share, which checks a text in time linear in it. */
function patternIn(cxt: KeywordCxt, pattern: string): Name {
  const how = patternCode(pattern);
  const code =
    how.kind === 'regexp'
      ? _`new RegExp(${pattern}, "u")`
      : _`${kitFunction(cxt, 'linearPattern')}(${stringify(how.data)})`;
  return cxt.gen.scopeValue('pattern', { ref: pattern, key: pattern, code });
}

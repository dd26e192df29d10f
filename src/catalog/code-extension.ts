import type { Json } from '../model/json.js';

/**
 * Whether a keyword names code for another generator: a type, a class, a package, an import. The list is explicit, so that
 * `x-description`, `x-profile` and `x-important` cause no finding; nor does a flag or a number, which names nothing.
 */
export function namesCode(keyword: string, value: Json = ''): boolean {
  if (typeof value === 'boolean' || typeof value === 'number') return false;
  return ownKeywords.has(keyword) || extensions.test(keyword);
}

/** Keywords without `x-` of json-schema-to-typescript, go-jsonschema and jsonschema2pojo. */
const ownKeywords: ReadonlySet<string> = new Set(
  `tsType tsEnumNames goJSONSchema existingJavaType javaType javaName javaInterfaces javaEnumNames javaEnums
   extendsJavaClass`.split(/\s+/),
);

/** Words after `x-` that stand for code by themselves. */
const words = `class class-?name class-extra-annotation code command enum-?names enum-?var-?names extends
  field-extra-annotation file implements imports? import-path interfaces? javaType module module-?name module-path namespace package
  package-?name package-path script type-?name`.split(/\s+/);

/** Languages after `x-`: whatever follows one of these is meant for a generator of that language. */
const languages = 'cpp csharp dotnet golang java kotlin oapi-codegen python scala typescript ts'.split(' ');

/** Short names of languages are words of their own as well: only what is certainly code follows them. */
const shortLanguages = '(?:cs|dart|go|js|php|py|rust|swift)-(?:class|import|module|name|package|type)';

const extensions = new RegExp(
  `^x-(?:${words.join('|')}|${shortLanguages}(?:-.+)?|(?:${languages.join('|')})-.+)$`,
  'i',
);

/** The longest search that Freshdesk and Freshservice take, in characters. */
const longest = 512;

/** A search such as `priority:3 AND status:2`. */
export class SearchQuery {
  /** As the vendor reads it, without the double quotes that it is sent in. */
  readonly text: string;

  /**
   * @param text sent as it is: `query` escapes values
   * @throws RangeError for more than 512 characters
   */
  constructor(text: string) {
    if (text.length > longest)
      throw new RangeError(`a search may have ${longest} characters`);
    this.text = text;
  }
}

export type SearchValue = string | number | boolean | Date | SearchQuery | null;

/**
 * A search with values in it, each quoted and escaped: query`tag:${tag} AND created_at:>${day}`. A date is its day in UTC;
 * another search stands in parentheses.
 *
 * Quotes inside a text are escaped with a backslash, as in Lucene. No page of the vendor's says how it reads them.
 *
 * @throws TypeError for what is no value, and for one that stands in quotes already
 * @throws RangeError for more than 512 characters
 */
export function query(
  strings: TemplateStringsArray,
  ...values: readonly SearchValue[]
): SearchQuery {
  let text = "";
  let ownQuotes = 0;
  for (const [index, part] of strings.entries()) {
    text += part;
    ownQuotes += part.split(/['"]/).length - 1;
    if (index === values.length) break;
    if (ownQuotes % 2 > 0)
      throw new TypeError("write no quotes around a value: it gets its own");
    text += written(values[index] as SearchValue);
  }
  return new SearchQuery(text);
}

function written(value: SearchValue): string {
  if (value instanceof SearchQuery) return `(${value.text})`;
  if (value instanceof Date) return `'${value.toISOString().slice(0, 10)}'`;
  if (typeof value === "string") return `'${value.replace(/[\\'"]/g, "\\$&")}'`;
  if (value === null || typeof value === "boolean" || Number.isFinite(value))
    return String(value);
  throw new TypeError(
    "a value must be a text, a finite number, a boolean, a date, a search or null",
  );
}

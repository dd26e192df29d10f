/** A parameter of a query. */
export interface Parameter {
  /** As it is written. */
  readonly text: string;
  /** What stands before its first equals sign, as servers read it. */
  readonly name: string;
  /** What stands behind that sign, as it is written; undefined without one. */
  readonly value: string | undefined;
}

/** A path or an address without its query, and the query with its question mark; empty where there is none. */
export function splitQuery(address: string): { readonly path: string; readonly query: string } {
  const mark = address.indexOf('?');
  return mark < 0
    ? { path: address, query: '' }
    : { path: address.slice(0, mark), query: address.slice(mark) };
}

/** The parameters of a query that begins with its question mark. */
export function parametersIn(query: string): readonly Parameter[] {
  return query === '' ? [] : query.slice(1).split('&').map(parameterOf);
}

export function queryOf(parameters: readonly string[]): string {
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}

/** A query without the parameters of some names. What is left is spelled as before. */
export function withoutParameters(query: string, isLeftOut: (name: string) => boolean): string {
  const kept = parametersIn(query).filter(({ name }) => !isLeftOut(name));
  return queryOf(kept.map(({ text }) => text));
}

/** A path whose query shows which parameters there are, and no value. What has no name is a value. */
export function withoutValues(address: string): string {
  const { path, query } = splitQuery(address);
  const shown = parametersIn(query).map(({ text, value }) =>
    value === undefined ? '…' : `${text.slice(0, text.length - value.length)}…`,
  );
  return `${path}${queryOf(shown)}`;
}

function parameterOf(text: string): Parameter {
  const equals = text.indexOf('=');
  if (equals < 0) return { text, name: nameIn(text), value: undefined };
  return { text, name: nameIn(text.slice(0, equals)), value: text.slice(equals + 1) };
}

/** A name of a parameter, decoded. */
export function nameIn(written: string): string {
  // Of what stands first, a question mark would be taken away.
  return [...new URLSearchParams(`&${written}=`).keys()][0] ?? '';
}

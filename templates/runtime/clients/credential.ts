/**
 * A key or a token; or a function that fetches it. The function is called once, and once more after each 401, with the token
 * that was refused: for OAuth 2.0 access tokens.
 */
export type Credential =
  string | ((refused?: string) => string | Promise<string>);

/** The key, fetched where it has to be: once for all calls, until one is refused. */
export function keyOf(
  credential: Credential,
): (refused?: string) => Promise<string> {
  if (typeof credential === "string") {
    const fixed = Promise.resolve(checkedKey(credential));
    return () => fixed;
  }
  let fetched: Promise<string> | undefined;
  let current: string | undefined;
  return (refused) => {
    // Of calls that were refused together, one fetches the next token.
    if (
      fetched === undefined ||
      (refused !== undefined && refused === current)
    ) {
      current = undefined;
      const work = Promise.resolve(credential(refused)).then(
        (key) => (current = checkedKey(key)),
      );
      work.catch(() => {
        if (fetched === work) fetched = undefined;
      });
      fetched = work;
    }
    return fetched;
  };
}

function checkedKey(key: unknown): string {
  if (typeof key === "string" && /^[!-~]+$/.test(key)) return key;
  throw new TypeError(
    "a key must be a text of printable ASCII, without spaces",
  );
}

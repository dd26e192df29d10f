/**
 * A key or a token; or a function that fetches it. The function is called once, and once more after each 401, with the token
 * that was refused: for OAuth 2.0 access tokens.
 */
export type Credential = string | FetchKey;
type FetchKey = (refused?: string) => string | Promise<string>;

/** The key, fetched where it has to be: once for all calls, until one is refused. */
export function keyOf(
  credential: Credential,
): (refused?: string) => Promise<string> {
  if (typeof credential !== "function") {
    const fixed = checkedKey(credential);
    return () => Promise.resolve(fixed);
  }
  let fetched: Promise<string> | undefined;
  let current: string | undefined;
  return (refused) => {
    // Of calls that were refused together, one fetches the next token.
    if (fetched && (refused === undefined || refused !== current))
      return fetched;
    current = undefined;
    const work = fetch(refused);
    // The next call tries again.
    work.catch(() => (fetched = undefined));
    return (fetched = work);
  };

  async function fetch(refused: string | undefined): Promise<string> {
    const get = credential as Exclude<Credential, string>;
    return (current = checkedKey(await get(refused)));
  }
}

/**
 * Takes out of a text what a server may repeat of what it was sent: the header's value, the key, and how the key is
 * written in such places.
 */
export function hiderOf(
  key: string,
  authorization: string,
): (text: string) => string {
  const encoded = authorization.slice(authorization.lastIndexOf(" ") + 1);
  const secrets = [
    authorization,
    encoded.replace(/=+$/, ""),
    key,
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    btoa(key).replace(/=+$/, ""),
  ];
  return (text) =>
    secrets.reduce((said, secret) => said.split(secret).join("…"), text);
}

function checkedKey(key: unknown): string {
  if (typeof key === "string" && /^[!-~]+$/.test(key)) return key;
  throw new TypeError(
    "a key must be a text of printable ASCII, without spaces",
  );
}

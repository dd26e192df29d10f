export type Query = Readonly<
  Record<string, string | number | boolean | undefined>
>;

/** @throws TypeError for an address that would show the key on its way */
export function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(
    url?.hostname ?? "",
  );
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isHere))
    return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  throw new TypeError("baseUrl must be an https address");
}

/**
 * The host of an account: `acme` and `acme.freshdesk.com` are the same.
 *
 * @param suffix what the product's hosts end in: `.freshdesk.com`
 * @throws TypeError for what is no host
 */
export function hostOf(domain: string, suffix: string): string {
  const host = domain.includes(".") ? domain : `${domain}${suffix}`;
  if (/^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(host)) return `https://${host}`;
  throw new TypeError(
    `domain must be the name of your account, such as acme${suffix}`,
  );
}

export function queryOf(query: Query | undefined): string {
  const given = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined,
  );
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  )
    .toString()
    // Not all of the vendors' servers read a plus sign as a space.
    .replace(/\+/g, "%20");
  return text === "" ? "" : `?${text}`;
}

/**
 * An identifier as one step of a path.
 *
 * @throws TypeError for what would make another path of it
 */
export function segment(id: number | string): string {
  const text = String(id);
  if (/^[\w-]+$/.test(text)) return text;
  throw new TypeError(
    "an id may have letters, digits, hyphens and underscores",
  );
}

/** A time as the vendors write it. */
export function timeOf(time: Date | string): string {
  return typeof time === "string" ? time : time.toISOString();
}

/**
 * The string formats that validators check. Everything is a pure named export, so that a bundler drops what no validator
 * uses. Every check takes time linear in its text.
 */

/** RFC 3339, any number of fractional digits. A space may stand for the `T`. */
export function isDateTime(text: string): boolean {
  const separator = text.charCodeAt(10);
  return (
    (separator === 0x54 || separator === 0x74 || separator === 0x20) &&
    dateStarts(text) &&
    timeFrom(text, 11)
  );
}

/** RFC 3339 `full-date`: `2026-02-28`. */
export function isDate(text: string): boolean {
  return text.length === 10 && dateStarts(text);
}

/** RFC 3339 `full-time`, with its offset: `10:06:00.123456789+05:30`. */
export function isTime(text: string): boolean {
  return timeFrom(text, 0);
}

/** The number that `count` digits make, or NaN. Character codes: this runs for every date in every payload. */
function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let end = at + count; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

function dateStarts(text: string): boolean {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (
    text[4] !== "-" ||
    text[7] !== "-" ||
    !(year >= 0 && month >= 1 && month <= 12 && day >= 1)
  )
    return false;
  if (month === 2)
    return (
      day <=
      (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28)
    );
  return (
    day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
  );
}

function timeFrom(text: string, start: number): boolean {
  const hour = digits(text, start, 2);
  const minute = digits(text, start + 3, 2);
  const second = digits(text, start + 6, 2);
  if (
    text[start + 2] !== ":" ||
    text[start + 5] !== ":" ||
    !(hour <= 23 && minute <= 59 && second <= 60)
  ) {
    return false;
  }
  let at = start + 8;
  if (text[at] === ".") {
    const fraction = ++at;
    while (digits(text, at, 1) >= 0) at++;
    if (at === fraction) return false;
  }
  const offset = offsetFrom(text, at);
  // A leap second is the last of a day in UTC.
  return second < 60
    ? !Number.isNaN(offset)
    : (hour * 60 + minute - offset + 2880) % 1440 === 1439;
}

/** The minutes east of UTC that the rest of the text says (`Z`, `+05:30`, and without its colon, which some senders leave out), or NaN. */
function offsetFrom(text: string, at: number): number {
  const sign = text[at];
  if (sign === "Z" || sign === "z") return text.length === at + 1 ? 0 : NaN;
  if (sign !== "+" && sign !== "-") return NaN;
  const rest = at + (text[at + 3] === ":" ? 4 : 3);
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, rest, 2);
  if (!(text.length === rest + 2 && hours <= 23 && minutes <= 59)) return NaN;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}

/** RFC 3339, appendix A: `P1DT12H`, `P2W`. */
export function isDuration(text: string): boolean {
  return /^P(?!$)(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|\d+W)$/.test(
    text,
  );
}

/** An address of ASCII characters with a domain of at least two labels. */
export function isEmail(text: string): boolean {
  return /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(
    text,
  );
}

/** RFC 1123, at most 253 characters beside a final dot. */
export function isHostname(text: string): boolean {
  return (
    text.length <= (text.endsWith(".") ? 254 : 253) &&
    /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*\.?$/i.test(
      text,
    )
  );
}

export function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** RFC 4291: eight groups, one run of them written `::`, the last two as IPv4 if need be. */
export function isIpv6(text: string): boolean {
  const halves = text.length > 45 ? [] : text.split("::");
  const [first, second] = halves;
  if (first === undefined || halves.length > 2) return false;
  if (second === undefined) return ipv6Groups(first, true) === 8;
  return ipv6Groups(first, false) + ipv6Groups(second, true) <= 7;
}

/** How many groups of 16 bits a part holds; NaN if something in it is none. */
function ipv6Groups(part: string, last: boolean): number {
  if (part === "") return 0;
  const groups = part.split(":");
  const address = last && isIpv4(groups[groups.length - 1] ?? "");
  if (address) groups.pop();
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? groups.length + (address ? 2 : 0)
    : NaN;
}

/** RFC 3986, with a scheme. */
export function isUri(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:[^?#]/i.test(text) && isUriReference(text);
}

/** RFC 3986, relative or not. */
export function isUriReference(text: string): boolean {
  // Escapes are checked first, so that below a `%` is a character like any other: no alternatives to try.
  if (/%(?![\da-f]{2})/i.test(text)) return false;
  const parts =
    /^(?:[a-z][a-z\d+.-]*:)?(?:\/?\/(?:[\w\-.~!$&'()*+,;=:%]*@)?(?:\[([^\]]*)\]|[\w\-.~!$&'()*+,;=%]*)(?::\d*)?(?:\/[\w\-.~!$&'()*+,;=:@%/]*)?|\/?[\w\-.~!$&'()*+,;=:@%][\w\-.~!$&'()*+,;=:@%/]*)?(?:\?[\w\-.~!$&'()*+,;=:@%/?]*)?(?:#[\w\-.~!$&'()*+,;=:@%/?]*)?$/i.exec(
      text,
    );
  if (parts === null) return false;
  const literal = parts[1];
  return (
    literal === undefined ||
    isIpv6(literal) ||
    /^v[\da-f]+\.[\w\-.~!$&'()*+,;=:]+$/i.test(literal)
  );
}

/** RFC 6570. */
export function isUriTemplate(text: string): boolean {
  return /^(?:[^\x00-\x20"'<>%\\^`{|}]|%[\da-f]{2}|\{[+#./;?&=,!@|]?(?:\w|%[\da-f]{2})+(?::[1-9]\d{0,3}|\*)?(?:,(?:\w|%[\da-f]{2})+(?::[1-9]\d{0,3}|\*)?)*\})*$/i.test(
    text,
  );
}

export function isUuid(text: string): boolean {
  return /^(?:urn:uuid:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text);
}

/** RFC 6901. */
export function isJsonPointer(text: string): boolean {
  return (text === "" || text.startsWith("/")) && !/~(?![01])/.test(text);
}

/** A number of levels to go up, then a JSON pointer or `#`. */
export function isRelativeJsonPointer(text: string): boolean {
  const levels = /^(?:0|[1-9]\d*)/.exec(text)?.[0];
  if (levels === undefined) return false;
  const rest = text.slice(levels.length);
  return rest === "#" || isJsonPointer(rest);
}

/** A regular expression of ECMAScript. */
export function isRegex(text: string): boolean {
  try {
    // Perl's end of text is an identity escape here, so that it would pass and mean the letter Z.
    return !/[^\\]\\Z/.test(text) && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

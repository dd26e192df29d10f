/** Readers for fields whose text means more than it says. Text that they cannot read gives undefined, whatever it is. */

type Text = string | null | undefined;

/** Text as a rule's template may send it: a placeholder without quotes makes a number of digits. */
type LooseText = number | Text;

/** What made an automation rule fire: a field and what it changed from and to, or a field and the word given for it. */
export type TriggeredEvent =
  | { readonly field: string; readonly from: string; readonly to: string }
  | { readonly field: string; readonly value: string };

/**
 * Reads `triggered_event` of Freshdesk and Freshservice, which looks like JSON and is not: `{status:{from:4,to:6}}`,
 * `{ticket_action:created}`. It tells the first change only that matched the rule (zulip, `webhooks/freshdesk`).
 */
export function parseTriggeredEvent(text: Text): TriggeredEvent | undefined {
  const [, field, value] =
    /^\{\s*(\w+)\s*:([^]*)\}$/.exec(text?.trim() ?? "") ?? [];
  if (field === undefined || value === undefined) return undefined;
  const [, change] = /^\{\s*from\s*:([^]*)\}$/.exec(value.trim()) ?? [];
  if (change === undefined)
    return /[{}]/.test(value) ? undefined : { field, value: value.trim() };
  // A label may hold a comma; where it holds `,to:` as well, nobody can tell where it ends.
  const [from, to, ...more] = change.split(/,\s?to\s?:/);
  if (from === undefined || to === undefined || more.length > 0)
    return undefined;
  return { field, from: from.trim(), to: to.trim() };
}

const months =
  /* @__PURE__ */ "january february march april may june july august september october november december".split(
    " ",
  );

const written =
  /^([a-z]{3,9}) (\d{1,2}),? (\d{4}) at (\d{1,2}):(\d\d) ?([ap])m(?: ([a-z]{1,5}|[+-]\d\d:?\d\d))?$/i;
const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)? ?(z|utc|[+-]\d\d:?\d\d)?)?$/i;

/**
 * Reads a date of Freshdesk: `March 23 2016 at 10:06 AM`, `July 10 2023 at 05:00 PM EDT`, or ISO 8601 (zulip, `webhooks/freshdesk`).
 *
 * Text without an offset is in the zone that the account is set to, which no payload tells: it is the caller's to say. An
 * abbreviation in the text says less than that (`IST` is three zones) and is passed over, but for `UTC` and `GMT`. A time
 * that the change to summer time skips is read as the one an hour later; of a time that comes twice, the first is meant.
 *
 * @param zone an IANA zone (`America/New_York`) or an offset (`+05:30`)
 * @throws RangeError for a zone that does not exist
 */
export function parseFreshdeskDate(text: Text, zone: string): Date | undefined {
  const offsetAt = zoneOffset(zone);
  const date = wallTime(text?.trim() ?? "");
  if (date === undefined) return undefined;
  const offset = fixedOffset(date.zone);
  if (offset !== undefined) return new Date(date.time - offset);
  // The offset before a change of the clock and the one after it, a day away from here at most.
  const [before, after] = [
    offsetAt(date.time - 86_400_000),
    offsetAt(date.time + 86_400_000),
  ];
  const [first, second] = [date.time - before, date.time - after];
  return new Date(
    offsetAt(first) === before || offsetAt(second) !== after ? first : second,
  );
}

interface WallTime {
  /** In milliseconds, as if the clock that shows it were set to UTC. */
  readonly time: number;
  /** What the text says of its zone; may be empty. */
  readonly zone: string;
}

function wallTime(text: string): WallTime | undefined {
  const words = written.exec(text);
  if (words !== null) {
    const [, name = "", day, year, hour, minute, half = "", zone = ""] = words;
    const lower = name.toLowerCase();
    const month = months.findIndex(
      (each) => each === lower || each.slice(0, 3) === lower,
    );
    const twelve = Number(hour);
    if (twelve < 1 || twelve > 12) return undefined;
    const full = (twelve % 12) + (half.toLowerCase() === "p" ? 12 : 0);
    return utc(
      Number(year),
      month,
      Number(day),
      full,
      Number(minute),
      0,
      0,
      zone,
    );
  }
  const [
    ,
    year,
    month,
    day,
    hour = 0,
    minute = 0,
    second = 0,
    fraction = "",
    zone = "",
  ] = iso.exec(text) ?? [];
  const ms = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return utc(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
    zone,
  );
}

/** Undefined for a date that no calendar and a time that no clock shows. */
function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number,
  zone: string,
): WallTime | undefined {
  const date = new Date(Date.UTC(year, month, day, hour, minute, second, ms));
  // A day that the month does not have is one of another month.
  const shown = date.getUTCFullYear() === year && date.getUTCMonth() === month;
  return shown && hour < 24 && minute < 60 && second < 60
    ? { time: date.getTime(), zone }
    : undefined;
}

/** The milliseconds east of UTC that `+05:30`, `Z`, `UTC` or `GMT` say. */
function fixedOffset(zone: string): number | undefined {
  if (/^(?:z|utc|gmt)$/i.test(zone)) return 0;
  const [, sign, hours, minutes] =
    /^([+-])([01]\d|2[0-3]):?([0-5]\d)$/.exec(zone) ?? [];
  if (sign === undefined) return undefined;
  return (
    (sign === "-" ? -60_000 : 60_000) * (Number(hours) * 60 + Number(minutes))
  );
}

/** The milliseconds east of UTC in a zone, at an instant. */
function zoneOffset(zone: string): (time: number) => number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return () => fixed;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: `${zone}`,
    timeZoneName: "longOffset",
  });
  return (time) => {
    const name =
      format.formatToParts(time).find(({ type }) => type === "timeZoneName")
        ?.value ?? "";
    return fixedOffset(name.slice(3, 9)) ?? 0;
  };
}

/** Reads tags: one string (`tag1, tag2`, nothing, or the text `[]`), the list that a template may send, or a number. */
export function parseTags(tags: LooseText | readonly string[]): string[] {
  const list =
    typeof tags === "object" && tags !== null
      ? tags
      : tags === "[]"
        ? []
        : String(tags ?? "").split(",");
  return list.map((tag) => tag.trim()).filter((tag) => tag !== "");
}

/** The text of a field that may come as a number, such as a subject or a phone number of digits alone. */
export function textOf(value: LooseText): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

/** The number of a ticket from its id: 42 of `42`, `'42'`, `'INC-42'` and `'SR-42'`. */
export function ticketNumber(id: LooseText): number | undefined {
  const number =
    typeof id === "string"
      ? Number(/^(?:[a-z]+-)?(\d{1,16})$/i.exec(id.trim())?.[1] ?? NaN)
      : id;
  return Number.isSafeInteger(number) ? (number ?? undefined) : undefined;
}

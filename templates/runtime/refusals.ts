import type { Occurrence } from "./hooks.js";

/** A delivery was answered with a status of 400 to 499. Holds no header, no query string and no value of the payload. */
export interface Refusal extends Occurrence {
  readonly status: 400 | 401 | 404 | 405 | 408 | 413 | 415 | 422;
  readonly reason: string;
  /** Where the first issue of a payload is, as a JSON pointer, empty for the whole of it; cut and escaped as the path is. */
  readonly issue: string | undefined;
  /** How many issues were found, a hundred at most. */
  readonly issues: number;
  /** Since the delivery came. */
  readonly durationMs: number;
}

const perMinute = 20;

/** Prints a line for each refusal: of each status 20 a minute, then how many were left out. */
export function refusalPrinter(): (refusal: Refusal) => void {
  const minutes = new Map<number, { started: number; count: number }>();
  return ({ status, path, reason, issue }) => {
    const now = Date.now();
    let minute = minutes.get(status);
    if (minute === undefined || Math.abs(now - minute.started) >= 60_000) {
      const left = (minute?.count ?? 0) - perMinute;
      if (left > 0) console.error(`refused ${status}: ${left} more`);
      minute = { started: now, count: 0 };
      minutes.set(status, minute);
    }
    minute.count += 1;
    if (minute.count <= perMinute)
      console.error(`refused ${status} ${path}: ${located(reason, issue)}`);
    else if (minute.count === perMinute + 1)
      console.error(
        `refused ${status}: more than ${perMinute} in a minute, the rest is counted`,
      );
  };
}

/** What is wrong, and where; at the root there is nothing to say of the place. */
export function located(reason: string, pointer = ""): string {
  return pointer === "" ? reason : `${reason}, at ${pointer}`;
}

/** Text of a stranger for one line of a log. */
export function printable(text: string, length = 200): string {
  const short = text.length > length ? `${text.slice(0, length)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** A path of member names as a JSON pointer, and no more of it than is printed. */
export function printablePointer(path: readonly (string | number)[]): string {
  let pointer = "";
  for (const step of path) {
    const token = String(step).slice(0, 200);
    pointer += `/${token.replace(/~/g, "~0").replace(/\//g, "~1")}`;
    if (pointer.length > 200) break;
  }
  return printable(pointer);
}

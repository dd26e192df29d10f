import { randomBytes } from 'node:crypto';

/** What may be an id, wherever it comes from: a file's name, a request or a command line. */
export function isId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
}

/** Keeps two processes apart. */
const chance = base36(randomBytes(4).readUInt32BE() % 36 ** 3, 3);

let lastTime = 0;
let number = 0;

/**
 * An id that sorts behind every one that this process has made, whatever the clock does: milliseconds, a number and three
 * characters of this process, in base 36.
 */
export function newId(now: Date = new Date()): string {
  const time = Math.max(now.getTime(), lastTime);
  number = time === lastTime ? number + 1 : 0;
  if (number === 36 ** 3) {
    lastTime = time + 1;
    number = 0;
  } else {
    lastTime = time;
  }
  return `${base36(lastTime, 9)}${base36(number, 3)}${chance}`;
}

function base36(value: number, digits: number): string {
  return value.toString(36).padStart(digits, '0');
}

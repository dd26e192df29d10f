import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Json } from '../model/json.js';
import { namesIn } from '../model/pointer.js';

/** More than anybody writes; what it makes has to be sent. */
const maxSteps = 64;

/**
 * Changes a payload as `--set path=value` says, one after the other. A path is a JSON pointer where it starts with a slash,
 * else names with dots between them; a number is a place in a list, `-` the place behind its end. The value is JSON where it
 * can be read as JSON, else a text. Objects on the way are made.
 *
 * @returns a copy where it is changed; the payload stays as it is
 * @throws Rejected for a path that leads through a text or a number
 */
export function withSettings(payload: Json, settings: readonly string[]): Json {
  return settings.reduce((before: Json, setting) => {
    const equals = setting.indexOf('=');
    if (equals < 1)
      throw invalid(`\`--set\` takes a path, \`=\` and a value, and is given ${shown(setting)}.`);
    const path = setting.slice(0, equals);
    const steps = stepsOf(path);
    if (steps.length > maxSteps) throw invalid(`The path of \`--set\` has more than ${maxSteps} steps.`);
    return changed(before, steps, valueOf(setting.slice(equals + 1)), path);
  }, payload);
}

function stepsOf(path: string): readonly string[] {
  return path.startsWith('/') ? namesIn(path) : path.split('.');
}

function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function changed(node: Json | undefined, steps: readonly string[], value: Json, path: string): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(node)) {
    const items = [...(node as readonly Json[])];
    const at = step === '-' ? items.length : /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : undefined;
    if (at === undefined || at > items.length)
      throw invalid(
        `${shown(path)} leads into a list of ${items.length}: ${shown(step)} is neither a place in it nor \`-\`.`,
      );
    items[at] = changed(items[at], rest, value, path);
    return items;
  }
  if (typeof node !== 'object' || node === null) {
    if (node !== undefined && node !== null)
      throw invalid(`${shown(path)} leads through a ${typeof node}, which has no member ${shown(step)}.`);
    return Object.fromEntries([[step, changed(undefined, rest, value, path)]]);
  }
  const members = new Map(Object.entries(node as Readonly<Record<string, Json>>));
  members.set(step, changed(members.get(step), rest, value, path));
  // fromEntries defines own members, where an assignment to `__proto__` would set the prototype.
  return Object.fromEntries(members);
}

function shown(text: string): string {
  return `\`${printable(text.length > 80 ? `${text.slice(0, 80)}…` : text)}\``;
}

function invalid(message: string): Rejected {
  return new Rejected(diagnostic('body-invalid', message));
}

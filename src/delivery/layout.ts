import type { Json } from '../model/json.js';

/** The way to a value from the root: names of members, and positions in lists. */
export type Path = readonly (string | number)[];

/** Levels that are laid out: indentation of what is nested deeper would take more bytes than the values. */
const maxDepth = 100;

/** A payload as JSON for reading, two spaces a level; undefined where it is nested too deeply for that. */
export function laidOut(payload: Json): string | undefined {
  return isDeeper(payload, maxDepth) ? undefined : JSON.stringify(payload, undefined, 2);
}

function isDeeper(payload: Json, levels: number): boolean {
  let level: readonly Json[] = [payload];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as readonly Json[]) : [],
    );
  }
  return false;
}

interface Wanted {
  readonly steps: Map<string, Wanted>;
  readonly ends: number[];
}

/**
 * Where values start in a JSON text. A path that leads to nothing is found at the last value on its way that is there. Takes
 * time linear in the text.
 *
 * @param text valid JSON
 * @returns an offset for each path
 */
export function offsetsIn(text: string, paths: readonly Path[]): readonly number[] {
  const start = Math.max(0, text.search(/[^\s\ufeff]/));
  const found = paths.map(() => start);
  const root = wantedOf(paths);
  /** The containers around the next value: what is wanted below each, and the name or the position of the value. */
  const open: { readonly wanted: Wanted | undefined; isList: boolean; step: string; index: number }[] = [];
  let expectsKey = false;
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [lexeme] = match;
    const around = open.at(-1);
    switch (lexeme.charAt(0)) {
      case ',':
        if (around === undefined) break;
        if (around.isList) around.step = String((around.index += 1));
        else expectsKey = true;
        break;
      case ':':
        break;
      case ']':
      case '}':
        open.pop();
        expectsKey = false;
        break;
      default: {
        if (expectsKey && around) {
          around.step = around.wanted === undefined ? '' : (JSON.parse(lexeme) as string);
          expectsKey = false;
          break;
        }
        const wanted = around === undefined ? root : around.wanted?.steps.get(around.step);
        if (wanted) for (const at of endsBelow(wanted)) found[at] = match.index;
        if (lexeme !== '{' && lexeme !== '[') break;
        const isList = lexeme === '[';
        open.push({ wanted, isList, step: '0', index: 0 });
        expectsKey = !isList;
      }
    }
  }
  return found;
}

const token = /[[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+/gs;

function wantedOf(paths: readonly Path[]): Wanted {
  const root: Wanted = { steps: new Map(), ends: [] };
  for (const [at, path] of paths.entries()) {
    let node = root;
    for (const step of path) {
      const next = node.steps.get(String(step)) ?? { steps: new Map<string, Wanted>(), ends: [] };
      node.steps.set(String(step), next);
      node = next;
    }
    node.ends.push(at);
  }
  return root;
}

/** The paths that go through a value or end there. There are at most as many as an answer has issues. */
function endsBelow({ steps, ends }: Wanted): readonly number[] {
  return [...ends, ...[...steps.values()].flatMap(endsBelow)];
}

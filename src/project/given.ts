import { locationAt, type Source } from '../diagnostics/source.js';
import type { SourceLocation } from '../diagnostics/source-location.js';

/** The value that a project gives to an option of Prettier. */
export interface Given {
  readonly value: unknown;
  /** Where it stands; undefined where that is not known. Looked for when it is asked for. */
  readonly location: () => SourceLocation | undefined;
}

/** By the option's name in Prettier. */
export type GivenOptions = ReadonlyMap<string, Given>;

/**
 * Where an option of a configuration stands. The parsers of some formats tell no positions, so the text is searched for the
 * name with the value behind it, which an override may have given, or for the name alone.
 *
 * @param option a name of Prettier's own
 * @param from where the options start
 */
export function locationOf(
  source: Source,
  from: number,
  option: string,
  value: unknown,
): SourceLocation | undefined {
  const text = source.text.slice(from);
  const named = [...text.matchAll(new RegExp(`\\b${option}\\b["']?\\s*[:=]\\s*["']?`, 'g'))];
  const spelled = typeof value === 'object' ? '' : String(value);
  const exact = named.find((match) => text.startsWith(spelled, match.index + match[0].length));
  const offset = (exact ?? named[0])?.index;
  return offset === undefined ? undefined : locationAt(source, from + offset);
}

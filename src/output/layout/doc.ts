/**
 * Code whose line breaks are still open. A group is set on one line where it fits and else broken at every line of its
 * own; what is nested in it decides for itself.
 */
export type Doc = string | readonly Doc[] | Line | Indented | Group | Choice;

export interface Line {
  readonly kind: 'line';
  /** What stands for it where it is not broken; nothing at all where it always is. */
  readonly flat: ' ' | '' | undefined;
}

export interface Indented {
  readonly kind: 'indented';
  /** By one level of the style, or so many columns. */
  readonly by: 'level' | number;
  readonly content: Doc;
}

export interface Group {
  readonly kind: 'group';
  readonly content: Doc;
  readonly broken: boolean;
}

/** One thing where a group is broken and another where it is not; the group around it if none is named. */
export interface Choice {
  readonly kind: 'choice';
  readonly broken: Doc;
  readonly flat: Doc;
  readonly of?: Group;
}

export const line: Line = { kind: 'line', flat: ' ' };
export const softLine: Line = { kind: 'line', flat: '' };
export const hardLine: Line = { kind: 'line', flat: undefined };

/** @param broken whether it must not stand on one line even where it fits */
export function group(content: Doc, broken = false): Group {
  return { kind: 'group', content, broken: broken || breaks(content) };
}

export function indented(content: Doc, by: Indented['by'] = 'level'): Indented {
  return { kind: 'indented', by, content };
}

export function ifBroken(broken: Doc, flat: Doc = ''): Choice {
  return { kind: 'choice', broken, flat };
}

/** Indented where a group before it is broken. */
export function indentedWith(of: Group, content: Doc): Choice {
  return { kind: 'choice', broken: indented(content), flat: content, of };
}

export function joined(parts: readonly Doc[], separator: Doc): Doc {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** Whether it can be broken at all. */
export function canBreak(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  if (isList(doc)) return doc.some(canBreak);
  if (doc.kind === 'line') return true;
  return doc.kind === 'choice' ? canBreak(doc.broken) || canBreak(doc.flat) : canBreak(doc.content);
}

/** Whether it holds a line that is always broken: then everything around it is. */
function breaks(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  if (isList(doc)) return doc.some(breaks);
  switch (doc.kind) {
    case 'line':
      return doc.flat === undefined;
    case 'group':
      return doc.broken;
    case 'indented':
      return breaks(doc.content);
    case 'choice':
      return breaks(doc.broken) || breaks(doc.flat);
  }
}

export function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

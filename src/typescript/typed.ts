import { code, join, type Code } from './code.js';

/** Code with what binds it: a union needs parentheses inside an intersection, both need them before `[]`. */
export interface Typed {
  readonly text: Code;
  readonly binding: 'union' | 'intersection' | 'tight';
  /** Whether it is, or is a union with, an intersection of unions: as many members as all of these have, multiplied. */
  readonly isProduct: boolean;
}

export const unknown: Typed = tight(code`unknown`);

export function tight(text: Code): Typed {
  return { text, binding: 'tight', isProduct: false };
}

export function union(members: readonly Typed[]): Typed {
  if (members.some(({ text }) => text.text === 'unknown')) return unknown;
  const kept = distinct(members).filter(({ text }) => text.text !== 'never');
  if (kept.length === 0) return tight(code`never`);
  if (kept.length === 1) return kept[0] as Typed;
  return {
    text: joined(kept, ' | '),
    binding: 'union',
    isProduct: kept.some(({ isProduct }) => isProduct),
  };
}

export function intersection(members: readonly Typed[]): Typed {
  const kept = distinct(members).filter(({ text }) => text.text !== 'unknown');
  if (kept.length === 0) return unknown;
  if (kept.length === 1) return kept[0] as Typed;
  const bracketed = kept.map((each) => (each.binding === 'union' ? tight(code`(${each.text})`) : each));
  return {
    text: joined(bracketed, ' & '),
    binding: 'intersection',
    isProduct:
      kept.some(({ isProduct }) => isProduct) || kept.filter(({ binding }) => binding === 'union').length > 1,
  };
}

export function parenthesised({ text, binding }: Typed): Code {
  return binding === 'tight' ? text : code`(${text})`;
}

function joined(members: readonly Typed[], separator: ' | ' | ' & '): Code {
  return join(
    members.map(({ text }) => text),
    separator,
  );
}

function distinct(members: readonly Typed[]): readonly Typed[] {
  return [...new Map(members.map((member) => [member.text.text, member])).values()];
}

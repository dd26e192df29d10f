import { ts } from 'ts-morph';
import { beyond } from './page.js';

/** `export `, or nothing. */
export function modifiersDoc(node: ts.HasModifiers): string {
  const modifiers = ts.getModifiers(node) ?? [];
  if (modifiers.some(({ kind }) => kind !== ts.SyntaxKind.ExportKeyword)) return beyond();
  return modifiers.length === 0 ? '' : 'export ';
}

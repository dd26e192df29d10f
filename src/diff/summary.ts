import type { Position } from '../diagnostics/source-location.js';
import { levels } from './levels.js';
import type { ReportedChange } from './accepted.js';

/** `2 breaking, 1 risky and 3 safe changes`, accepted ones aside. */
export function counted(changes: readonly ReportedChange[]): string {
  const open = changes.filter(({ accepted }) => accepted === undefined);
  const accepted = changes.length - open.length;
  const parts = levels
    .map((level) => ({ level, count: open.filter((change) => change.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}`);
  const beside = accepted > 0 ? `, ${accepted} accepted` : '';
  if (parts.length === 0) return `no ${accepted > 0 ? 'other ' : ''}change${beside}`;
  const last = parts.pop() as string;
  const all = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `${all} change${open.length === 1 ? '' : 's'}${beside}`;
}

/** `doc.yaml:3:5` */
export function shownPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

import type { Json } from '../../model/json.js';
import type { Issues } from '../issues.js';
import { shownPath } from '../issues.js';

const levelsAtMost = 100;

/** A program's value as plain data; what is none is a finding. Members that are undefined are absent. */
export function plainValue(value: unknown, issues: Issues): Json {
  const above: object[] = [];

  function plain(each: unknown, path: string): Json {
    if (each === null || typeof each === 'string' || typeof each === 'boolean') return each;
    if (typeof each === 'number' && Number.isFinite(each)) return each;
    if (typeof each !== 'object') return refuse(path, nameOf(each));
    if (above.includes(each)) return refuse(path, 'a value that holds itself');
    if (above.length >= levelsAtMost) return refuse(path, `nested deeper than ${levelsAtMost} levels`);
    above.push(each);
    const copy = branch(each, path);
    above.pop();
    return copy;
  }

  function branch(each: object, path: string): Json {
    if (Array.isArray(each)) {
      // Holes too: `map` would leave them out.
      return Array.from(each as readonly unknown[], (item, index) => plain(item, `${path}[${index}]`));
    }
    const prototype: unknown = Object.getPrototypeOf(each);
    if (prototype !== null && prototype !== Object.prototype) return refuse(path, nameOf(each));
    const members = Object.entries(each)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, plain(member, path === '' ? key : `${path}.${key}`)] as const);
    return Object.fromEntries(members);
  }

  function refuse(path: string, what: string): Json {
    const where = path === '' ? 'the configuration' : shownPath(path);
    issues.fail('config-not-data', `${where} is ${what}.`, undefined);
    return null;
  }

  return plain(value, '');
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== ''
    ? `a ${constructor.name}`
    : 'a class instance';
}

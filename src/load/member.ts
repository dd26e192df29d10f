import { printable } from '../diagnostics/printable.js';
import type { SourceOffset } from './offsets.js';
import { rejected } from './rejection.js';
import type { Tree, TreeObject } from './tree.js';

/**
 * Gives an object a member under a key that it must not have yet.
 *
 * @throws Rejected for a second one, and for `__proto__`: @asyncapi/parser fails on it, and so would code that reads it.
 */
export function addMember(node: TreeObject, key: string, keyStart: SourceOffset, read: () => Tree): void {
  if (key === '__proto__') {
    throw rejected('key-forbidden', '`__proto__` cannot be a key in a document.', keyStart);
  }
  if (Object.hasOwn(node, key)) {
    const shown = keyStart.source.quotable ? ` \`${printable(key.slice(0, 80))}\`` : '';
    throw rejected('key-duplicate', `The key${shown} is already in this object.`, keyStart);
  }
  node[key] = read();
}

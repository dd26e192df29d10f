import { printable } from '../diagnostics/printable.js';
import { Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { compileQuery, type Query } from './jsonpath.js';
import { keyOffsetOf, offsetOf, type Offsets, type SourceOffset } from './offsets.js';
import { finding } from './rejection.js';
import { isObject, memberOf, type Tree, type TreeObject } from './tree.js';

/** A checked overlay (Overlay Specification 1.0 or 1.1). */
export interface OverlayFile {
  /** An array that updates an array adds its items since 1.1; in 1.0 it is one item. */
  readonly concatenates: boolean;
  readonly title: string;
  /** The `info.title` of the documents it is for; without it, it is for all. */
  readonly documentTitle: string | undefined;
  readonly documentTitleStart: SourceOffset | undefined;
  readonly actions: readonly Action[];
}

export type Action =
  | { readonly kind: 'remove'; readonly target: Query }
  | {
      readonly kind: 'update';
      readonly target: Query;
      readonly value: Tree;
      readonly start: SourceOffset | undefined;
    }
  | { readonly kind: 'copy'; readonly target: Query; readonly from: Query };

const rootKeys = ['overlay', 'info', 'extends', 'actions'];
const infoKeys = ['title', 'version', 'description'];
const actionKeys = ['target', 'description', 'update', 'remove', 'copy'];

/** @throws Rejected with everything that the specification does not allow. */
export function checkOverlay(data: TreeObject, offsets: Offsets): OverlayFile {
  const errors: Diagnostic[] = [];

  const fail = (message: string, node: object, key?: string | number): undefined => {
    errors.push(finding('overlay-invalid', message, offsetOf(offsets, node, key) ?? offsetOf(offsets, node)));
    return undefined;
  };

  const allowOnly = (node: TreeObject, keys: readonly string[], where: string): void => {
    for (const key of Object.keys(node)) {
      if (keys.includes(key) || key.startsWith('x-')) continue;
      const message = `\`${printable(key.slice(0, 80))}\` is not a key of ${where}.`;
      errors.push(finding('overlay-unknown-key', message, keyOffsetOf(offsets, node, key)));
    }
  };

  const text = (node: TreeObject, key: string, where: string, required: boolean): string | undefined => {
    const value = memberOf(node, key);
    if (typeof value === 'string' || (value === undefined && !required)) return value;
    return fail(`\`${key}\` of ${where} has to be text.`, node, key);
  };

  const query = (node: TreeObject, key: string, where: string): Query | undefined => {
    const value = text(node, key, where, true);
    const start = offsetOf(offsets, node, key);
    if (value === undefined || !start) return undefined;
    try {
      return compileQuery(value, start);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      errors.push(...error.diagnostics);
      return undefined;
    }
  };

  function readAction(node: TreeObject): Action | undefined {
    allowOnly(node, version === '1.0' ? actionKeys.slice(0, -1) : actionKeys, 'an action');
    text(node, 'description', 'an action', false);
    const target = query(node, 'target', 'an action');
    const remove = memberOf(node, 'remove') ?? false;
    if (typeof remove !== 'boolean')
      return fail('`remove` of an action has to be true or false.', node, 'remove');
    const value = memberOf(node, 'update');
    const copies = version !== '1.0' && memberOf(node, 'copy') !== undefined;
    if (remove) return target && { kind: 'remove', target };
    if (copies && value !== undefined)
      return fail('An action has `update` or `copy`, not both.', node, 'copy');
    if (value !== undefined)
      return target && { kind: 'update', target, value, start: offsetOf(offsets, node, 'update') };
    if (!copies) return fail('An action needs `update`, `copy` or `remove: true`.', node);
    const from = query(node, 'copy', 'an action');
    return target && from && { kind: 'copy', target, from };
  }

  allowOnly(data, rootKeys, 'an overlay');
  const version = /^1\.[01](?=\.\d+$)/u.exec(text(data, 'overlay', 'the overlay', true) ?? '')?.[0];
  if (version === undefined && typeof memberOf(data, 'overlay') === 'string') {
    fail(
      'This is not a version of the Overlay Specification that is understood: 1.0.0 or 1.1.0.',
      data,
      'overlay',
    );
  }
  text(data, 'extends', 'the overlay', false);
  const documentTitle = text(data, 'x-document-title', 'the overlay', false);
  const info = memberOf(data, 'info');
  if (isObject(info)) {
    allowOnly(info, infoKeys, '`info`');
    text(info, 'version', '`info`', true);
    text(info, 'description', '`info`', false);
  } else {
    fail('`info` of the overlay has to be an object.', data, 'info');
  }
  const title = isObject(info) ? text(info, 'title', '`info`', true) : undefined;
  const list = memberOf(data, 'actions');
  const actions: Action[] = [];
  if (!Array.isArray(list) || list.length === 0) {
    fail('`actions` of the overlay has to be a list with at least one action.', data, 'actions');
  } else {
    for (const [index, node] of list.entries()) {
      const action = isObject(node) ? readAction(node) : fail('An action has to be an object.', list, index);
      if (action) actions.push(action);
    }
  }
  if (errors.length > 0 || title === undefined) throw new Rejected(...errors);
  return {
    concatenates: version === '1.1',
    title,
    documentTitle,
    documentTitleStart: offsetOf(offsets, data, 'x-document-title'),
    actions,
  };
}

import { newBudget, select, type Budget, type Match } from './jsonpath.js';
import { limits } from './limits.js';
import { mergeObject, removeMembers, setMember, type Merging } from './merge.js';
import { copyTree, setMemberOffset, offsetOf, type SourceOffset, type Offsets } from './offsets.js';
import type { Action, OverlayFile } from './overlay-file.js';
import { rejected } from './rejection.js';
import { isBranch, isObject, type Tree, type TreeObject } from './tree.js';

/** What an overlay did to a document. */
export interface Applied {
  /** How many places of the document changed. */
  readonly changes: number;
  /** The actions whose target matched something. */
  readonly matched: ReadonlySet<Action>;
}

/**
 * Applies the actions of an overlay to a document, one after the other. Values that come in keep the places they have in the
 * overlay.
 *
 * @param data changed in place
 * @throws Rejected when an update does not fit what its target selects.
 */
export function applyOverlay(data: TreeObject, overlay: OverlayFile, offsets: Offsets): Applied {
  const matched = new Set<Action>();
  let changes = 0;
  let copied = 0;
  const budget = newBudget();
  for (const action of overlay.actions) {
    const merging: Merging = {
      origins: offsets,
      spend(depth) {
        copied += 1;
        if (copied > limits.nodes || depth > limits.depth) {
          throw rejected(
            'overlay-too-large',
            'This action makes the document too large.',
            action.target.start,
          );
        }
      },
    };
    const matches = select(action.target, data, budget);
    if (matches.length === 0) continue;
    matched.add(action);
    if (action.kind === 'remove') {
      changes += removeAll(matches, action, offsets);
    } else {
      const { value, start } = incoming(action, data, merging, budget);
      for (const match of matches)
        changes += update(match, value, start, action, overlay.concatenates, merging);
    }
  }
  refuseDepth(data, overlay);
  return { changes, matched };
}

function removeAll(matches: readonly Match[], { target }: Action, offsets: Offsets): number {
  const keysByParent = new Map<Tree[] | TreeObject, Set<string | number>>();
  for (const { parent, key } of matches) {
    if (!parent) throw rejected('overlay-mismatch', 'The whole document cannot be removed.', target.start);
    keysByParent.set(parent, (keysByParent.get(parent) ?? new Set()).add(key));
  }
  let changes = 0;
  for (const [parent, keys] of keysByParent) changes += removeMembers(parent, keys, offsets);
  return changes;
}

/** What an action brings; for `copy` as it is now, even when the target is a part of it. */
function incoming(
  action: Exclude<Action, { kind: 'remove' }>,
  data: TreeObject,
  { origins: offsets, spend }: Merging,
  budget: Budget,
): { readonly value: Tree; readonly start: SourceOffset | undefined } {
  if (action.kind === 'update') return action;
  const [source, another] = select(action.from, data, budget);
  if (!source || another) {
    const found = source ? 'more than one value' : 'nothing';
    throw rejected(
      'overlay-copy-source',
      `\`copy\` has to select one value; it selects ${found}.`,
      action.from.start,
    );
  }
  const start = source.parent ? offsetOf(offsets, source.parent, source.key) : offsetOf(offsets, data);
  return { value: copyTree(source.value, offsets, spend), start };
}

function update(
  { value: target, parent, key }: Match,
  value: Tree,
  start: SourceOffset | undefined,
  action: Action,
  concatenates: boolean,
  merging: Merging,
): number {
  if (Array.isArray(target)) {
    const items = concatenates && Array.isArray(value) ? value : [value];
    for (const [index, item] of items.entries()) {
      const itemStart = items === value ? offsetOf(merging.origins, value, index) : start;
      target.push(copyTree(item, merging.origins, merging.spend));
      setMemberOffset(merging.origins, target, target.length - 1, itemStart);
    }
    return items.length;
  }
  if (isObject(target)) {
    if (isObject(value)) return mergeObject(target, value, merging);
    throw rejected(
      'overlay-mismatch',
      'The target is an object; the update has to be one too.',
      start ?? action.target.start,
    );
  }
  if (parent && !isBranch(value)) return setMember(parent, key, value, start, merging);
  const message = 'The target is a single value; the update has to be one too.';
  throw rejected('overlay-mismatch', message, start ?? action.target.start);
}

/** Actions can nest what they copy, each only a little deeper. */
function refuseDepth(data: TreeObject, { actions }: OverlayFile): void {
  let level: Tree[] = [data];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limits.depth) {
      throw rejected(
        'overlay-too-large',
        'This overlay nests the document too deeply.',
        actions.at(-1)?.target.start,
      );
    }
    level = level.flatMap((node) => (isBranch(node) ? Object.values(node).filter(isBranch) : []));
  }
}

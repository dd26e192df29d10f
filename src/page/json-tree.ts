import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

export type Node = ReturnType<typeof syntaxTree>['topNode'];

const values: ReadonlySet<string> = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

/** The names and places that lead to a node. */
export function pathOf(node: Node, state: EditorState): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = node; at.parent !== null; at = at.parent) {
    const { parent } = at;
    if (parent.name === 'Property') path.unshift(nameOf(parent, state));
    else if (parent.name === 'Array') path.unshift(placeIn(parent, at.from));
  }
  return path;
}

/** How many values of a list stand before a position. */
export function placeIn(list: Node, position: number): number {
  let place = 0;
  for (let child = list.firstChild; child !== null && child.from < position; child = child.nextSibling)
    if (values.has(child.name)) place += 1;
  return place;
}

/** The name of a property, as it means; empty where it has none yet. */
export function nameOf(property: Node, state: EditorState): string {
  const name = property.getChild('PropertyName');
  if (name === null) return '';
  try {
    return JSON.parse(state.sliceDoc(name.from, name.to)) as string;
  } catch {
    return '';
  }
}

/** The names that an object has. */
export function namesOf(object: Node, state: EditorState): ReadonlySet<string> {
  return new Set(object.getChildren('Property').map((property) => nameOf(property, state)));
}

/** What a JSON pointer points to, or what would hold it: the name of a property where there is one. */
export function rangeOf(pointer: string, state: EditorState): { readonly from: number; readonly to: number } {
  let at = valueIn(syntaxTree(state).topNode);
  let range = { from: 0, to: Math.min(1, state.doc.length) };
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (at?.name === 'Object') {
      const property = at.getChildren('Property').findLast((each) => nameOf(each, state) === name);
      const key = property?.getChild('PropertyName');
      if (!property || !key) break;
      range = { from: key.from, to: key.to };
      at = valueIn(property);
    } else if (at?.name === 'Array') {
      at = childrenOf(at)[Number(name)];
      if (at === undefined) break;
      range = { from: at.from, to: Math.min(at.to, at.from + 200) };
    } else break;
  }
  return range;
}

function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (values.has(child.name)) children.push(child);
  return children;
}

function valueIn(node: Node): Node | undefined {
  return childrenOf(node)[0];
}

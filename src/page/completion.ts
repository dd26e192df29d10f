import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorView } from '@codemirror/view';
import { namesOf, pathOf, placeIn, nameOf, type Node } from './json-tree.js';
import { propertiesAt, valuesAt, type PropertyHint } from './schema.js';

/** Completes names and values as the schema of an event has them. */
export function completionOf(schema: unknown): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const { pos, state, explicit } = context;
    let node: Node = syntaxTree(state).resolveInner(pos, -1);
    const word = context.matchBefore(/[\w"-]+/);
    if (!explicit && word === null) return null;
    if (node.name === '⚠' && node.parent !== null) node = node.parent;

    if (node.name === 'PropertyName' && node.parent?.parent) {
      const { parent: property } = node;
      const hasValue = state.sliceDoc(node.to, property.to).includes(':');
      return names(property.parent as Node, node.from + 1, { from: node.from, to: node.to, hasValue });
    }
    if (node.name === 'Object')
      return names(node, word?.from ?? pos, { from: word?.from ?? pos, to: pos, hasValue: false });
    if (node.name === 'Property')
      return known([...pathOf(node, state), nameOf(node, state)], word?.from ?? pos);
    if (node.name === 'Array') return known([...pathOf(node, state), placeIn(node, pos)], word?.from ?? pos);
    if (node.parent === null || node.to < pos) return null;
    return known(pathOf(node, state), node.from, node.to);

    function names(object: Node, from: number, place: Place): CompletionResult | null {
      const present = namesOf(object, state);
      const typed = state.sliceDoc(from, pos);
      const options = propertiesAt(schema, pathOf(object, state))
        .filter(({ name }) => !present.has(name) || name === typed)
        .map((hint) => completionOfName(hint, place));
      return options.length === 0 ? null : { from, options, validFor: /^[\w-]*$/ };
    }

    function known(path: readonly (string | number)[], from: number, to?: number): CompletionResult | null {
      const options = valuesAt(schema, path).map(({ json, detail }): Completion => ({
        label: json,
        detail,
        type: 'constant',
      }));
      return options.length === 0 ? null : { from, ...(to !== undefined && { to }), options };
    }
  };
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly hasValue: boolean;
}

function completionOfName({ name, type, start, description }: PropertyHint, place: Place): Completion {
  return {
    label: name,
    detail: type,
    type: 'property',
    ...(description !== undefined && { info: description }),
    apply(view: EditorView, _, __, to) {
      const quoted = JSON.stringify(name);
      const insert = place.hasValue ? quoted : `${quoted}: ${start}`;
      // Into the quotes, braces or brackets that were begun.
      const inside = !place.hasValue && /^(?:""|\{\}|\[\])$/.test(start) ? 1 : 0;
      view.dispatch({
        changes: { from: place.from, to: Math.max(place.to, to), insert },
        selection: { anchor: place.from + insert.length - inside },
        userEvent: 'input.complete',
      });
    },
  };
}

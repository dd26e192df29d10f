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

    if (node.name === 'PropertyName' && node.parent?.parent) return names(node.parent.parent, node.from + 1);
    if (node.name === 'Object') return names(node, word?.from ?? pos);
    if (node.name === 'Property')
      return known([...pathOf(node, state), nameOf(node, state)], word?.from ?? pos);
    if (node.name === 'Array') return known([...pathOf(node, state), placeIn(node, pos)], word?.from ?? pos);
    if (node.parent === null || node.to < pos) return null;
    return known(pathOf(node, state), node.from, node.to);

    function names(object: Node, from: number): CompletionResult | null {
      const present = namesOf(object, state);
      const typed = state.sliceDoc(from, pos);
      const options = propertiesAt(schema, pathOf(object, state))
        .filter(({ name }) => !present.has(name) || name === typed)
        .map(completionOfName);
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

function completionOfName({ name, type, start, description }: PropertyHint): Completion {
  return {
    label: name,
    detail: type,
    type: 'property',
    ...(description !== undefined && { info: description }),
    apply(view: EditorView, _, from, to) {
      const { state } = view;
      // The quotes that were typed are replaced with it; more may have been typed since it was offered.
      const before = state.sliceDoc(from - 1, from) === '"' ? 1 : 0;
      const after = before === 1 && state.sliceDoc(to, to + 1) === '"' ? 1 : 0;
      const hasValue = /^\s*:/.test(state.sliceDoc(to + after, to + after + 100));
      const quoted = JSON.stringify(name);
      const insert = hasValue ? quoted : `${quoted}: ${start}`;
      // Into the quotes, braces or brackets that were begun.
      const inside = !hasValue && /^(?:""|\{\}|\[\])$/.test(start) ? 1 : 0;
      view.dispatch({
        changes: { from: from - before, to: to + after, insert },
        selection: { anchor: from - before + insert.length - inside },
        userEvent: 'input.complete',
      });
    },
  };
}

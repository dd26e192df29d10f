import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonLanguage } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Checked } from '../dev/api.js';
import { checking } from './checking.js';
import { completionOf } from './completion.js';

interface Props {
  readonly label: string;
  /** What it begins with. Another text is another editor: give it a `key`. */
  readonly text: string;
  /** The focus is given to it as soon as it is there. */
  readonly takesFocus: boolean;
  /** For JSON: what completes it, and what says what is wrong with it. */
  readonly json?: { readonly schema: unknown; readonly check?: (body: string) => Promise<Checked> };
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
}

/** An editor for a body. The tabulator key leaves it. */
export function Editor({ label, text, takesFocus, json: language, onChange, onSubmit }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const now = useRef({ onChange, onSubmit });
  now.current = { onChange, onSubmit };

  useEffect(() => {
    const extensions: Extension[] = [
      EditorView.cspNonce.of(
        document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '',
      ),
      keymap.of([
        {
          key: 'Mod-Enter',
          run: () => {
            now.current.onSubmit();
            return true;
          },
        },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        ...lintKeymap,
      ]),
      history(),
      lineNumbers(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) now.current.onChange(state.doc.toString());
      }),
      theme,
    ];
    if (language !== undefined) {
      extensions.push(
        json(),
        syntaxHighlighting(colours),
        jsonLanguage.data.of({ autocomplete: completionOf(language.schema) }),
        autocompletion({ icons: false, defaultKeymap: false }),
        Prec.highest(keymap.of(completionKeys)),
      );
      if (language.check !== undefined) extensions.push(checking(language.check));
    }
    const view = new EditorView({
      parent: box.current as HTMLDivElement,
      state: EditorState.create({ doc: text, extensions }),
    });
    if (takesFocus) view.focus();
    return () => view.destroy();
    // It keeps its own text from here on.
  }, []);

  return <div class="editor" ref={box} />;
}

/** A list that is only being made takes no Escape: nobody sees yet what it would close. */
const completionKeys = completionKeymap.map((binding) =>
  binding.run === closeCompletion
    ? {
        ...binding,
        run: (view: EditorView) => completionStatus(view.state) === 'active' && closeCompletion(view),
      }
    : binding,
);

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--key)' },
  { tag: tags.string, color: 'var(--string)' },
  { tag: tags.number, color: 'var(--number)' },
  { tag: [tags.bool, tags.null], color: 'var(--word)' },
]);

/** Everything takes its colours from the style sheet, which knows light and dark. */
const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--field)', fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { color: 'var(--faint)', backgroundColor: 'var(--field)', border: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--selection)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selection)', outline: 'none' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-tooltip': {
    color: 'var(--text)',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    maxWidth: '44ch',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--text)',
    background: 'var(--selection)',
  },
  '.cm-completionDetail': { color: 'var(--faint)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-lintRange': { backgroundImage: 'none', textDecorationLine: 'underline', textDecorationStyle: 'wavy' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecorationColor: 'var(--bad)' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecorationColor: 'var(--odd)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--odd)' },
});

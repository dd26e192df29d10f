import { jsonParseLinter } from '@codemirror/lang-json';
import { linter, type Diagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import type { Checked } from '../dev/api.js';
import { rangeOf } from './json-tree.js';

/** Marks what is no JSON, and then what the kit's validator says of it. */
export function checking(check: (body: string) => Promise<Checked>): Extension {
  const parse = jsonParseLinter();
  return linter(
    async (view): Promise<readonly Diagnostic[]> => {
      const broken = parse(view);
      if (broken.length > 0) return broken;
      const { state } = view;
      let checked: Checked;
      try {
        checked = await check(state.doc.toString());
      } catch {
        // The page says already that the server is away.
        return [];
      }
      const { unreadable, issues, unknown } = checked;
      return [
        ...(unreadable === undefined ? [] : [mark('', unreadable, 'error')]),
        ...issues.map(({ pointer, message }) => mark(pointer, message, 'error')),
        ...unknown.map((pointer) => mark(pointer, 'This field is not in the documents.', 'info')),
      ];

      function mark(pointer: string, message: string, severity: Diagnostic['severity']): Diagnostic {
        return { ...rangeOf(pointer, state), severity, message };
      }
    },
    { delay: 300 },
  );
}

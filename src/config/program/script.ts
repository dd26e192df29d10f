import blankTypes from 'ts-blank-space';
import ts from 'typescript';

/** A module of a configuration as Node can run it, or what is wrong with its syntax. */
export type Script =
  | { readonly isModule: boolean; readonly code: string }
  | { readonly offset: number; readonly problem: string };

/**
 * Parses a module and blanks what TypeScript adds to JavaScript: every character that is left stays where it was.
 *
 * @param path what its name ends in says whether it may hold types
 */
export function readScript(path: string, text: string): Script {
  const source = ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.ESNext });
  const [error] = (source as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] })
    .parseDiagnostics;
  if (error) {
    const problem = ts.flattenDiagnosticMessageText(error.messageText, ' ');
    return { offset: error.start ?? 0, problem: `${problem.replace(/\.$/, '')}.` };
  }
  if (!isTypeScript(path)) return { isModule: ts.isExternalModule(source), code: text };
  let refused: ts.Node | undefined;
  const code = blankTypes(text, (node) => (refused ??= node));
  if (refused) {
    const problem = 'This is more than a type: it would have to be compiled, and types are only left out.';
    return { offset: refused.getStart(source), problem };
  }
  return { isModule: true, code };
}

export function isTypeScript(path: string): boolean {
  return /\.m?ts$/i.test(path);
}

import type { Catalog } from '../model/catalog.js';
import type { EmittedFile } from '../kit/file.js';
import { header } from './header.js';

/**
 * A module of the kit that was written as a program: the user gets the text as it stands, with its imports following the
 * project's way to spell them. It was compiled here under stricter flags than most have: the project's compiler reads its
 * types and leaves out its bodies, which would be most of what a kit costs it.
 */
export function emitTemplate(path: string, text: string, extension: string): EmittedFile {
  return {
    path,
    code: `${header([], { unchecked: true })}\n${respelled(text, extension)}`,
    statements: outline(text),
    laidOut: true,
  };
}

/** Templates import each other as `./name.js`; the project may want `./name.ts` or `./name`. */
export function respelled(text: string, extension: string): string {
  return text.replace(/^((?:import|export|\}) .*from "\.[^"]*)\.js(?=";$)/gm, `$1${extension}`);
}

/**
 * The top-level statements of a template, as `kit/statement` names them. In a module that is laid out they are what starts
 * at the margin, so that no syntax tree is needed to say what `output/verify` then finds in one; a test holds them together.
 */
export function outline(text: string): readonly string[] {
  return Array.from(text.matchAll(statement), ([, whole = '', keyword = '', module]) => {
    if (module !== undefined) return `${keyword} ${module.replace(/^(\..*)\.js$/, '$1')}`;
    return whole.replace('async ', '').replace('function* ', 'function ');
  });
}

const statement =
  /^((import|export) [^;]*?from "([^"]+)"|(?:export )?(?:async )?(?:interface|type|const|function\*?|class) \w+)/gm;

/** A template with other text in the place of a statement, which ends at the first blank line. */
export function replaced(text: string, statement: string, by: string): string {
  const start = text.indexOf(`\n${statement}`) + 1;
  const end = text.indexOf('\n\n', start);
  if (start === 0 || end === -1) throw new Error(`the template has no ${statement}`);
  return text.slice(0, start) + by + text.slice(end);
}

/** The documents' base names, for the header of a file that all of them have a part in. */
export function documentNames({ documents }: Catalog): readonly string[] {
  return documents.map(({ name }) => name).sort();
}

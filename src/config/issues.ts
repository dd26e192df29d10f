import type { JsonObject } from '../model/json.js';
import type { Code } from '../diagnostics/catalogue.js';
import { Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceLocation } from '../diagnostics/source-location.js';
import { printable } from '../diagnostics/printable.js';
import { nearestWord, shownWord } from './nearest-word.js';
import { limits } from './options.js';
import { findingIn, type Written } from './written.js';

/**
 * Looks at a configuration and collects what is wrong with it, up to a limit where it ends the run. Paths are of values: `kits[1].spec`, the
 * root's empty.
 */
export interface Issues {
  readonly written: Written;
  fail(code: Code, message: string, location: SourceLocation | undefined): undefined;
  /** A value that is not what it has to be. */
  wrong(path: string, form: string, location: SourceLocation | undefined): undefined;
  /** A word that is none of those known. */
  unknown(
    word: string,
    path: string,
    known: readonly string[],
    location: SourceLocation | undefined,
  ): undefined;
  /** Finds keys that are not known, and those that are needed and not there. */
  checkKeys(node: JsonObject, path: string, known: readonly string[], needed: readonly string[]): void;
  /** @throws Rejected where anything was wrong */
  end(): void;
}

export function collectIssues(written: Written): Issues {
  const errors: Diagnostic[] = [];
  const fail: Issues['fail'] = (code, message, location) => {
    errors.push(findingIn(written.file, code, message, location));
    if (errors.length === limits.findings) throw new Rejected(...errors);
  };
  return {
    written,
    fail,
    wrong: (path, form, location) =>
      fail('config-invalid', `${shownPath(path)} has to be ${form}.`, location),
    unknown: (word, path, known, location) =>
      fail(
        'choice-unknown',
        `${shownPath(path)} cannot be ${shownWord(word)}. ${nearestWord(word, known)}`,
        location,
      ),
    checkKeys(node, path, known, needed) {
      const where = path === '' ? 'the configuration' : shownPath(path);
      for (const key of Object.keys(node)) {
        if (known.includes(key)) continue;
        const message = `${shownWord(key)} is not a key of ${where}. ${nearestWord(key, known)}`;
        fail('config-unknown-key', message, written.keyLocationOf(node, key));
      }
      for (const key of needed) {
        if (Object.hasOwn(node, key)) continue;
        fail('config-incomplete', `\`${key}\` is missing in ${where}.`, written.locationOf(node));
      }
    },
    end() {
      if (errors.length > 0) throw new Rejected(...errors);
    },
  };
}

/** Whether a value is a text that says something and can be a file name. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

export function shownPath(path: string): string {
  return `\`${printable(path)}\``;
}

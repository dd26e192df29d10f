import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test, gone afterwards. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kit-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by path, folders included, the outermost even for no files. */
export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Every file beneath a folder, by path; bytes as latin1 text. Empty folders end in a slash; nothing else is opened. */
export function snapshot(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const name = relative(folder, path);
        if (entry.isSymbolicLink()) return [name, '(link)'] as const;
        if (entry.isDirectory())
          return readdirSync(path).length === 0 ? ([`${name}/`, ''] as const) : undefined;
        if (!entry.isFile()) return [name, '(device)'] as const;
        return [name, readFileSync(path, 'latin1')] as const;
      })
      .filter((each) => each !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

import { basename, dirname, join, resolve, sep } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { kindOf } from '../kit/disk.js';
import { manifestPath, parseManifest, readManifest, type Manifest } from '../kit/manifest.js';
import { isPath, isRevision, openRevision, revisionIn, type Revision } from '../revision/revision.js';

/** What a word of the command line names. */
export type Named =
  | { readonly kind: 'document'; readonly path: string }
  | { readonly kind: 'kit'; readonly path: string; readonly manifest: Manifest }
  | { readonly kind: 'revision'; readonly revision: Revision };

/** @throws Rejected for a word that names nothing, or two things */
export async function namedBy(text: string, cwd: string): Promise<Named> {
  const asked = revisionIn(text);
  if (asked !== undefined) return revisionOf(asked, `${printable(text)} is`);
  const path = resolve(cwd, text);
  const kind = await kindOf(path);
  const manifest = kind === 'folder' ? await readManifest(path) : undefined;
  const isFile = kind === 'file' || kind === 'link';
  if ((manifest || isFile) && !isPath(text) && (await isRevision(text, cwd))) {
    const message = `${printable(text)} is ${manifest ? 'a kit' : 'a file'}, and a revision as well.`;
    throw new Rejected(diagnostic('version-ambiguous', message));
  }
  if (manifest) return { kind: 'kit', path, manifest };
  if (isFile) return { kind: 'document', path };
  const what = kind === 'folder' ? 'a folder without a kit' : 'neither a folder nor a file';
  return revisionOf(text, `${printable(text)} is ${what}, and`);

  async function revisionOf(name: string, subject: string): Promise<Named> {
    const revision = await openRevision(name, cwd);
    if (!('reason' in revision)) return { kind: 'revision', revision };
    throw new Rejected(diagnostic('version-unknown', `${subject} no revision: ${revision.reason}.`));
  }
}

/** The folders of the kits that a revision holds; what was installed is nobody's own. */
export function kitsIn(revision: Revision): readonly string[] {
  const manifests = revision.named(basename(manifestPath));
  return manifests.map(dirname).filter((out) => !out.split(sep).includes('node_modules'));
}

/** The manifest of a kit in a revision; undefined where it held none. */
export async function kitAsOf({ files }: Revision, out: string, cwd: string): Promise<Manifest | undefined> {
  const path = join(out, manifestPath);
  try {
    return parseManifest(await files.read(path, mebibytesAtMost * 2 ** 20), files.name(path, cwd));
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

const mebibytesAtMost = 16;

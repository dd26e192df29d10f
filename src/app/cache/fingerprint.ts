import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Aspect } from '../../model/dependency.js';
import { isGone } from '../../disk/errno.js';
import { readRegularFileSync } from '../../disk/regular-file.js';
import { isLayoutFile } from '../../project/layout-files.js';

/** What is larger is read by no run, and so remembered by none. */
const bytesAtMost = 64 * 2 ** 20;

/**
 * What a path is now, as a text that is the same only while the path is; undefined for what can change without showing it:
 * a pipe, a device, what may not be read.
 */
export function fingerprint(aspect: Aspect, path: string): string | undefined {
  try {
    if (aspect === 'layout') return layoutFilesIn(path);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return absent;
    const place = placeOf(path, stats.isSymbolicLink());
    if (aspect === 'place' || place === undefined) return place ?? 'leads nowhere';
    const { isFolder, isFile } = kindOf(path);
    if (aspect === 'names') return isFolder ? `${namesIn(path)} in ${place}` : undefined;
    if (isFolder) return `folder ${place}`;
    return isFile ? fileState(sha256(readRegularFileSync(path, bytesAtMost)), place) : undefined;
  } catch (error) {
    return isGone(error) ? absent : undefined;
  }
}

const absent = 'absent';

/** How `fingerprint` describes a file whose content is known. */
export function fileState(contentSha256: string, place: string): string {
  return `file ${contentSha256} ${place}`;
}

/** The path without links. Of a link that leads nowhere, undefined. */
function placeOf(path: string, isLink: boolean): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (isLink) return undefined;
    throw error;
  }
}

function kindOf(path: string): { readonly isFolder: boolean; readonly isFile: boolean } {
  const stats = statSync(path);
  return { isFolder: stats.isDirectory(), isFile: stats.isFile() };
}

function namesIn(folder: string): string {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = entries.map((entry) => {
    const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
    return JSON.stringify([entry.name, kind]);
  });
  return sha256(names.sort().join('\n'));
}

/** Of a folder that is not there the same as of an empty one: the run that writes a kit makes its folders. */
function layoutFilesIn(folder: string): string {
  const names = isThere(folder) ? readdirSync(folder).filter(isLayoutFile) : [];
  return JSON.stringify(names.sort());
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

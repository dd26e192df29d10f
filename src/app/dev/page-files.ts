import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageFiles } from '../../dev/page-server.js';
import { pageFolder } from '../../shipped.js';

const files = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/page.css', 'page.css', 'text/css; charset=utf-8'],
] as const;

const missing = `<!doctype html>
<html lang="en">
<title>freshworks-gen dev</title>
<p>The page has not been built: run <code>npm run build</code>. Deliveries are kept and forwarded all the same.</p>
`;

/** The files of the page, read once: they are small, and the disk is asked no more. */
export function pageFiles(folder: string = pageFolder): PageFiles {
  try {
    return new Map(
      files.map(([path, name, type]) => [path, { type, bytes: readFileSync(join(folder, name)) }]),
    );
  } catch {
    const [, , type] = files[0];
    return new Map([['/', { type, bytes: Buffer.from(missing) }]]);
  }
}

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { credentials, type CredentialFlags, type Credentials } from '../../delivery/credentials.js';
import { splitQuery, withoutParameters } from '../../delivery/query.js';
import { withoutQuerySecrets, withoutUserinfo } from '../../delivery/redaction.js';
import { diagnostic, Rejected } from '../../diagnostics/diagnostic.js';
import { fileName } from '../../diagnostics/file-name.js';
import { printable } from '../../diagnostics/printable.js';
import { manifestPath } from '../../kit/manifest.js';
import type { Options } from '../../config/settings.js';
import { exported } from '../../store/export.js';
import { sharedFolder, writeWhole } from '../../store/files.js';
import type { Capture } from '../../store/record.js';
import type { Store } from '../../store/store.js';
import { loadKit } from '../live-kit.js';
import { allDocuments } from './documents.js';

export interface ExportRequest {
  readonly store: Store;
  /** All that are kept, where there are none. */
  readonly ids: readonly string[];
  /** Absolute. */
  readonly folder: string;
  /** The documents of each kit of the configuration. */
  readonly kits: readonly Options[];
  readonly credentials: CredentialFlags;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/**
 * Writes deliveries as plain files, without the secrets that they came with: a password has no place among fixtures.
 * What an earlier export has written is replaced: which headers are secrets depends on the flags.
 *
 * @returns the names of the bodies
 * @throws Rejected for an id that is not kept, for a folder of a kit, and for what cannot be written
 */
export async function exportDeliveries(request: ExportRequest): Promise<readonly string[]> {
  const { store, ids, folder, cwd } = request;
  const kitFolder = kitAround(folder);
  if (kitFolder !== undefined)
    throw new Rejected(
      diagnostic('export-folder', `${fileName(folder, cwd)} is in the kit ${fileName(kitFolder, cwd)}.`),
    );
  const wanted = ids.length > 0 ? ids : store.list().map(({ id }) => id);
  const missing = wanted.find((id) => store.get(id) === undefined);
  if (missing !== undefined)
    throw new Rejected(
      diagnostic('delivery-not-kept', `No delivery \`${printable(missing.slice(0, 80))}\` is kept.`),
    );
  const kit = await loadKit(allDocuments(request.kits));
  const known = await credentials(kit, request.credentials, request);
  writing(() => sharedFolder(folder));
  return wanted.flatMap((id) => {
    const capture = store.read(id);
    if (capture === undefined) return [];
    const files = exported(withoutSecrets(capture, known));
    for (const { name, bytes } of files) writing(() => writeWhole(folder, name, bytes));
    return files.slice(0, 1).map(({ name }) => name);
  });
}

/** The folder of the kit that a folder is, or lies in. */
function kitAround(folder: string): string | undefined {
  if (existsSync(join(folder, manifestPath))) return folder;
  return dirname(folder) === folder ? undefined : kitAround(dirname(folder));
}

/** The store has its own advice for what cannot be written, which helps with no other folder. */
function writing(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof Rejected ? new Rejected(diagnostic('export-io', error.message)) : error;
  }
}

export function withoutSecrets(capture: Capture, known: Pick<Credentials, 'isSecret'>): Capture {
  const isSecret = (name: string) => known.isSecret(name);
  const { path, query } = splitQuery(capture.path);
  return {
    ...capture,
    path: withoutUserinfo(`${path}${withoutParameters(query, isSecret)}`, () => ''),
    // Proxies write the address that was asked for into headers.
    headers: capture.headers
      .filter(([name]) => !isSecret(name))
      .map(([name, value]) => [
        name,
        withoutUserinfo(
          withoutQuerySecrets(value, isSecret, (_, parameter) => `${parameter}=`),
          () => '',
        ),
      ]),
  };
}

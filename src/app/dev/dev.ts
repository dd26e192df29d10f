import { createHash } from 'node:crypto';
import type { Options } from '../../config/settings.js';
import { credentials, type CredentialFlags, type Credentials } from '../../delivery/credentials.js';
import { Rejected } from '../../diagnostics/diagnostic.js';
import type { LiveKit } from '../../delivery/live-kit.js';
import { keepAlive } from '../../delivery/post.js';
import { withoutValues } from '../../delivery/query.js';
import type { State, Summary } from '../../dev/api.js';
import { receive, type Desk } from '../../dev/actions.js';
import { deliveriesIn, type Judges } from '../../dev/deliveries.js';
import { endpoint } from '../../dev/endpoint.js';
import { forwarderTo } from '../../dev/forward.js';
import { judgeBy } from '../../dev/judge.js';
import { end, listen } from '../../dev/listen.js';
import { pageServer, type PageFiles } from '../../dev/page-server.js';
import { apiOf } from '../../dev/router.js';
import { word } from '../../dev/shell.js';
import { newStream } from '../../dev/stream.js';
import { readForward } from '../../dev/target.js';
import type { AddDependency } from '../../model/dependency.js';
import type { StoreFolder } from '../../store/folder.js';
import { openStore, type Limits } from '../../store/store.js';
import { pageToken } from '../../store/token.js';
import { version } from '../../version.js';
import { documentWords, type DocumentFlags } from '../document-words.js';
import { loadKit } from '../live-kit.js';
import { allDocuments } from './documents.js';
import { inferKept } from './infer.js';
import { pageFiles } from './page-files.js';

export type { Summary } from '../../dev/api.js';

export interface DevOptions {
  /** The documents of each kit of the configuration. */
  readonly kits: readonly Options[];
  /** What the command line says of them: commands that are copied say the same. */
  readonly documents?: DocumentFlags;
  readonly forward?: string | undefined;
  readonly port: number;
  readonly pagePort: number;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  /** Undefined where nothing is kept on the disk. */
  readonly folder: StoreFolder | undefined;
  readonly limits: Limits;
  readonly credentials: CredentialFlags;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Where a test finds the kit. */
  readonly kitFolder: string;
  readonly page?: PageFiles;
  readonly addDependency?: AddDependency;
  /** In the place of reading the documents. */
  readonly loadKit?: typeof loadKit;
}

/** What is said while it runs. Nothing of it holds a value of a delivery. */
export interface DevReport {
  readonly onDelivery: (summary: Summary) => void;
  /** What was not taken, or went wrong. */
  readonly onProblem: (what: string) => void;
}

export interface Dev {
  /** What a tunnel has to point at. */
  readonly endpoint: string;
  /** The address of the page, with its token. */
  readonly page: string;
  readonly forward?: string;
  readonly state: () => State;
  /**
   * Reads the documents again.
   *
   * @throws Rejected where they cannot be read; those that were read before stay
   */
  reload(kits: readonly Options[], addDependency?: AddDependency): Promise<void>;
  /** Ends it at once. */
  close(): Promise<void>;
}

/** What other processes do to the store is looked for so often. */
const refreshMs = 2000;
const connectionsAtMost = 64;

/**
 * Starts the two servers.
 *
 * @throws Rejected for documents, credentials, a folder or a port that cannot be used
 */
export async function startDev(options: DevOptions, report: DevReport): Promise<Dev> {
  const { folder, limits, timeoutMs, maxBodyBytes } = options;
  const forward = options.forward === undefined ? undefined : readForward(options.forward);
  let documents = options.kits;
  let loaded = await load(options, options.kits, options.addDependency);

  const token = pageToken(folder);
  const ended = new AbortController();
  const connections = keepAlive(connectionsAtMost);
  const stream = newStream();
  const store = openStore(folder, limits);
  store.prune();
  const onError = (error: unknown) => report.onProblem(problemOf(error));
  const deliveries = deliveriesIn({
    store,
    judges: loaded.judges,
    publish: stream.publish,
    onDelivery: (summary) => report.onDelivery({ ...summary, path: withoutValues(summary.path) }),
    onError,
  });
  const desk: Desk = {
    deliveries,
    forwarder: forward && forwarderTo(forward, { timeoutMs, connections, signal: ended.signal }),
    kit: () => loaded.kit,
    credentials: () => loaded.credentials,
  };

  const receiver = endpoint({
    maxBodyBytes,
    receive: (request) => receive(desk, request),
    onRefused: report.onProblem,
  });
  let address = '';
  const state = (): State => ({
    version,
    endpoint: address,
    commands: commandsFor(address, loaded.kit, options.documents),
    ...(forward && { forward: forward.href }),
    signing: loaded.credentials.signing,
    verifying: loaded.credentials.verifying,
    store: { isKept: folder !== undefined, mostDeliveries: limits.deliveries, mostDays: limits.days },
  });
  const server = pageServer({
    token,
    files: options.page ?? pageFiles(),
    stream,
    onError,
    api: apiOf({
      ...desk,
      judge: () => loaded.judges,
      state,
      variables: secretVariables(options),
      kitFolder: options.kitFolder,
      infer: (ids) =>
        inferKept(ids, { store, kits: documents, flags: options.documents ?? {}, cwd: options.cwd }),
    }),
  });

  const close = async () => {
    clearInterval(timer);
    deliveries.close();
    ended.abort();
    stream.close();
    connections.close();
    await Promise.all([end(receiver), end(server)]);
  };
  const timer = setInterval(() => {
    try {
      deliveries.refresh();
    } catch (error) {
      onError(error);
    }
  }, refreshMs);
  try {
    address = `http://127.0.0.1:${await listen(receiver, options.port, '--port')}`;
    const port = await listen(server, options.pagePort, '--page-port');
    return {
      endpoint: address,
      page: `http://127.0.0.1:${port}/#token=${token}`,
      ...(forward && { forward: forward.href }),
      state,
      async reload(kits, addDependency) {
        loaded = await load(options, kits, addDependency);
        documents = kits;
        deliveries.judgeBy(loaded.judges);
        stream.publish({ reloaded: true });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function commandsFor(address: string, { catalog }: LiveKit, flags: DocumentFlags = {}): State['commands'] {
  const event = catalog.events[0]?.name ?? 'freshdesk/ticket-created';
  const words = documentWords(flags);
  return {
    send: `npx freshworks-gen send ${word(event)} --to ${address}${words}`,
    forward: `npx freshworks-gen dev --forward http://localhost:3000/webhooks${words}`,
  };
}

interface Loaded {
  readonly kit: LiveKit;
  readonly credentials: Credentials;
  readonly judges: Judges;
}

async function load(
  { env, cwd, credentials: flags, loadKit: kitOf = loadKit }: DevOptions,
  kits: readonly Options[],
  addDependency: AddDependency | undefined,
): Promise<Loaded> {
  const kit = await kitOf(allDocuments(kits), addDependency);
  const known = await credentials(kit, flags, { env, cwd });
  // What a verdict depends on, but the secrets themselves, which nothing is kept of.
  const { secretEnv, key, username, scheme } = flags;
  const name = createHash('sha256')
    .update(JSON.stringify([version, kit.catalog, { secretEnv, key, username, scheme }]))
    .digest('base64url');
  return { kit, credentials: known, judges: { ...judgeBy(kit, known), name, credentials: known } };
}

/** The variables that the flags name, with what they hold: a command that is copied names them. */
function secretVariables({ credentials: { secretEnv = [] }, env }: DevOptions): ReadonlyMap<string, string> {
  return new Map(
    secretEnv.flatMap((given) => {
      const name = given.replace(/^[^=]*=/, '');
      const value = env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The message of an error that nobody expected may quote what it was about. */
function problemOf(error: unknown): string {
  if (error instanceof Rejected) return error.message;
  const frame = error instanceof Error ? (/^\s+at (.*)$/m.exec(error.stack ?? '')?.[1] ?? '') : '';
  return `an internal error: ${error instanceof Error ? error.name : typeof error} ${frame}`.trimEnd();
}

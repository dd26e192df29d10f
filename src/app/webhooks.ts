import { nearestWord, shownWord } from '../config/nearest-word.js';
import type { Options } from '../config/settings.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { withHelpdesk, type HelpdeskAccount, type HelpdeskWebhook } from '../webhooks/client.js';
import { describe } from './generate.js';
import { openSecretFile } from './secret-file.js';

export type { HelpdeskWebhook } from '../webhooks/client.js';

/** Whose webhooks, as the command line says it. */
export interface WebhooksRequest {
  /** The name of the environment variable that holds the key. */
  readonly keyEnv: string;
  readonly workspace: string | undefined;
  readonly baseUrl: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface EnsureRequest extends WebhooksRequest {
  readonly name: string | undefined;
  readonly targetUrl: string | undefined;
  /** All that the documents have by default. */
  readonly events: readonly string[] | undefined;
  readonly secretFile: string | undefined;
  readonly cwd: string;
}

export interface Ensured {
  readonly action: 'created' | 'unchanged' | 'updated';
  readonly webhook: HelpdeskWebhook;
  readonly duplicates: readonly HelpdeskWebhook[];
  /** Of a new webhook, unless a file has it. */
  readonly signingSecret: string | undefined;
}

export function listWebhooks(request: WebhooksRequest): Promise<readonly HelpdeskWebhook[]> {
  return withHelpdesk(accountIn(request), ({ webhooks }) => webhooks.list());
}

export async function deleteWebhook(id: string | undefined, request: WebhooksRequest): Promise<string> {
  if (id === undefined) throw invalid('Name the webhook to delete by its id: `webhooks delete whk_…`.');
  await withHelpdesk(accountIn(request), ({ webhooks }) => webhooks.delete(id));
  return id;
}

/**
 * Sees to it that there is a webhook of a name.
 *
 * @param kits the documents of each kit of the configuration, which say what events there are
 */
export async function ensureWebhook(kits: readonly Options[], request: EnsureRequest): Promise<Ensured> {
  const { name, targetUrl, secretFile } = request;
  if (name === undefined) throw invalid('Give the webhook a name: `--name`.');
  if (targetUrl === undefined) throw invalid('Say where events go: `--target-url https://…`.');
  const account = accountIn(request);
  const events = await eventsIn(kits, request.events);
  const file = secretFile === undefined ? undefined : await openSecretFile(secretFile, request.cwd);
  try {
    const ensured = await withHelpdesk(account, (client) =>
      client.ensureWebhook({ name, targetUrl, events }),
    );
    const { action, webhook, duplicates } = ensured;
    const secret = ensured.action === 'created' ? ensured.webhook.signingSecret.reveal() : undefined;
    // Without its secret, a webhook is of no use, and the next run would leave it alone.
    if (secret !== undefined)
      await file?.write(secret).catch((error: unknown) => takeBack(account, webhook.id, error));
    const signingSecret = file === undefined ? secret : undefined;
    return { action, webhook: withoutSecret(webhook), duplicates, signingSecret };
  } finally {
    await file?.close();
  }
}

/**
 * Deletes a new webhook whose secret could not be kept. To print the secret would bring it where it was to be kept out of, such
 * as the log of a run.
 *
 * @throws what went wrong, with what became of the webhook
 */
async function takeBack(account: HelpdeskAccount, id: string, error: unknown): Promise<never> {
  const isGone = await withHelpdesk(account, ({ webhooks }) => webhooks.delete(id)).then(
    () => true,
    () => false,
  );
  if (!(error instanceof Rejected)) throw error;
  const rest = isGone
    ? `The new webhook ${printable(id)} was deleted again.`
    : `The new webhook ${printable(id)} is still there without its secret: delete it with \`webhooks delete\`.`;
  throw new Rejected(diagnostic('secret-file-unwritable', `${error.message} ${rest}`));
}

function accountIn({ keyEnv, workspace, baseUrl, env }: WebhooksRequest): HelpdeskAccount {
  const apiKey = env[keyEnv];
  if (!apiKey) throw new Rejected(diagnostic('api-key-missing', `${printable(keyEnv)} is not set.`));
  const workspaceId = workspace ?? env['HELPDESK_WORKSPACE_ID'];
  if (!workspaceId) throw invalid('Name the workspace: `--workspace ws_…`, or HELPDESK_WORKSPACE_ID.');
  return { apiKey, workspaceId, baseUrl };
}

/** The events that are asked for, which have to be those of the documents, where these have any. */
async function eventsIn(
  kits: readonly Options[],
  asked: readonly string[] | undefined,
): Promise<readonly string[]> {
  const known = new Set<string>();
  for (const options of kits) {
    const { catalog } = await describe(options);
    for (const { product, discriminator } of catalog.events)
      if (product === 'helpdesk' && discriminator) known.add(discriminator.value);
  }
  const events = asked ?? [...known];
  if (events.length === 0)
    throw invalid('The documents have no events of Helpdesk: name some with `--events`.');
  const unknown = events.find((event) => known.size > 0 && !known.has(event));
  if (unknown === undefined) return events;
  throw invalid(`${shownWord(unknown)} is no event of Helpdesk. ${nearestWord(unknown, [...known], 'list')}`);
}

function withoutSecret(webhook: HelpdeskWebhook): HelpdeskWebhook {
  const { id, name, targetUrl, events, active, createdAt, updatedAt } = webhook;
  return { id, name, targetUrl, events, active, createdAt, updatedAt };
}

function invalid(message: string): Rejected {
  return new Rejected(diagnostic('webhooks-invalid', message));
}

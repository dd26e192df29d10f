import { deleteWebhook, ensureWebhook, listWebhooks, type HelpdeskWebhook } from '../app/webhooks.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { commandless, printable } from '../diagnostics/printable.js';
import { columns } from './columns.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { say } from './print.js';

/** What `webhooks` can do. */
export type WebhooksTask = 'delete' | 'ensure' | 'list';

/** `webhooks`: lists, ensures or deletes Helpdesk's webhooks. */
export async function webhooksCommand(
  task: WebhooksTask,
  id: string | undefined,
  flags: Flags,
): Promise<Outcome> {
  if (id !== undefined && task !== 'delete')
    throw new Rejected(diagnostic('usage-invalid', '`webhooks` takes an id with `delete` alone.'));
  const { keyEnv = 'HELPDESK_API_KEY', workspace, baseUrl } = flags;
  const request = { keyEnv, workspace, baseUrl, env: process.env };
  switch (task) {
    case 'list': {
      const webhooks = await listWebhooks(request);
      return fine({ webhooks }, () => process.stdout.write(commandless(table(webhooks))));
    }
    case 'delete': {
      const deleted = await deleteWebhook(id, request);
      return fine({ deleted }, () => say(`Deleted ${printable(deleted)}.`));
    }
    case 'ensure':
      return ensured(request, flags);
  }
}

async function ensured(request: Parameters<typeof listWebhooks>[0], flags: Flags): Promise<Outcome> {
  const { name, targetUrl, events, secretFile } = flags;
  const { kits } = await configured(flags, { needsOut: false });
  const { action, webhook, duplicates, signingSecret } = await ensureWebhook(
    kits.map(({ options }) => options),
    { ...request, name, targetUrl, events, secretFile, cwd: process.cwd() },
  );
  const document = { action, webhook, duplicates, ...(signingSecret !== undefined && { signingSecret }) };
  return fine(document, () => {
    say(`${words[action]} ${printable(webhook.id)}, "${printable(webhook.name)}".`);
    for (const each of duplicates)
      say(`${printable(each.id)} has the same name: events come for it as well.`);
    if (action !== 'created')
      say(
        'Its signing secret was shown when it was created. To get another one, delete it and run this again.',
      );
    else if (secretFile !== undefined) say(`The signing secret is in ${printable(secretFile)}.`);
    else say('This is its signing secret, which is not shown again:');
    if (signingSecret !== undefined) process.stdout.write(`${printable(signingSecret)}\n`);
  });
}

const words = { created: 'Created', unchanged: 'Left alone', updated: 'Updated' } as const;

function fine(document: object, speak: () => void): Outcome {
  return { exitCode: exitCodes.fine, findings: [], document, say: speak };
}

function table(webhooks: readonly HelpdeskWebhook[]): string {
  return columns([
    ['ID', 'NAME', 'ACTIVE', 'TARGET', 'EVENTS'],
    ...webhooks.map(({ id, name, active, targetUrl, events }) => [
      id,
      name,
      active ? 'yes' : 'no',
      targetUrl,
      (events ?? []).join(', '),
    ]),
  ]);
}

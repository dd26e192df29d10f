import { ApiError, helpdeskClient, type HelpdeskClient } from '../../templates/runtime/clients/helpdesk.js';
import { failureOf } from '../delivery/failure.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';

export type { HelpdeskWebhook } from '../../templates/runtime/clients/helpdesk.js';

/** Whose webhooks are asked for. */
export interface HelpdeskAccount {
  readonly apiKey: string;
  readonly workspaceId: string;
  /** In the place of Helpdesk's own address. */
  readonly baseUrl?: string | undefined;
}

/** A person waits for the answer. */
const deadlineMs = 30_000;

/**
 * Asks Helpdesk by the client that kits have.
 *
 * @throws Rejected `webhooks-invalid` for what the client does not send, `api-unreachable` where nothing answers, `api-failed`
 *   for what Helpdesk refuses
 */
export async function withHelpdesk<T>(
  account: HelpdeskAccount,
  work: (client: HelpdeskClient) => Promise<T>,
): Promise<T> {
  try {
    return await work(helpdeskClient({ ...account, deadlineMs }));
  } catch (error) {
    // The client's errors hold no key.
    const code = error instanceof ApiError ? /\bno answer: (\w+)/.exec(error.message)?.[1] : undefined;
    if (code !== undefined) {
      const url = new URL(account.baseUrl ?? 'https://app.airclou.com');
      const { reason } = failureOf({ code }, { endedBy: undefined, url, timeoutMs: deadlineMs });
      throw new Rejected(diagnostic('api-unreachable', `No answer from Helpdesk: ${reason}.`));
    }
    if (error instanceof ApiError) throw new Rejected(diagnostic('api-failed', `${error.message}.`));
    if (error instanceof TypeError) throw new Rejected(diagnostic('webhooks-invalid', `${error.message}.`));
    throw error;
  }
}

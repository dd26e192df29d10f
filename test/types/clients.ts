/**
 * What the types of clients promise, in a kit whose documents have Helpdesk's events. Nothing here runs: the compiler is the
 * test, and every `@ts-expect-error` is a line that must not compile.
 */
import {
  ApiError,
  fieldsOf,
  freshchatClient,
  freshdeskClient,
  freshsalesClient,
  freshserviceClient,
  helpdeskClient,
  query,
  type BulkResult,
  type FreshdeskTicketRecord,
  type HelpdeskEvent,
  type Secret,
} from './kit/index.js';

/** Holds where the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<T extends true>(_: T): void {}

interface Fields {
  readonly ticket: { readonly cf_region: string | null };
}

const plain = freshdeskClient({ domain: 'acme', apiKey: 'key' });
const own = freshdeskClient<Fields>({ domain: 'acme', accessToken: async () => 'token' });

// ---- Options ----

// @ts-expect-error: nothing to authenticate by
freshdeskClient({ domain: 'acme' });
// @ts-expect-error: a key and a token
freshdeskClient({ domain: 'acme', apiKey: 'key', accessToken: 'token' });
// @ts-expect-error: a misspelt option
freshchatClient({ acessToken: 'token' });

// ---- Operations and fields ----

// @ts-expect-error: no such operation
plain.tickets.close(1);
// @ts-expect-error: no such operation of contacts
plain.contacts.addNote(1, { body: '' });
// @ts-expect-error: a misspelt field
void plain.tickets.update(1, { statsu: 4 });
// @ts-expect-error: a field that the vendor sets
void plain.tickets.update(1, { created_at: '2025-01-01' });
// @ts-expect-error: a status is a number
void plain.tickets.update(1, { status: 'closed' });
// @ts-expect-error: nobody asks for it
void plain.tickets.create({ subject: 'No requester' });
void plain.tickets.create({ subject: 'By email', email: 'jane@example.com' });
void plain.tickets.addNote('42', { body: 'An id of a payload' });
// @ts-expect-error: a misspelt filter
plain.tickets.list({ updatedSince: '2025-01-01' });
// @ts-expect-error: a deal has an amount
void freshsalesClient({ domain: 'acme', apiKey: 'key' }).deals.create({ name: 'Big' });
// @ts-expect-error: a misspelt field of a requester
void freshserviceClient({ domain: 'acme', apiKey: 'key' }).requesters.update(1, { primary_mail: '' });
// @ts-expect-error: no such status
void freshchatClient({ accessToken: 'token' }).conversations.update('id', { status: 'closed' });

export async function records(ticket: FreshdeskTicketRecord): Promise<void> {
  holds<Same<typeof ticket.id, number>>(true);
  holds<Same<typeof ticket.subject, string | null | undefined>>(true);
  // @ts-expect-error: a misspelt field
  ticket.subjet;
  holds<Same<ReturnType<typeof fieldsOf>[string], unknown>>(true);
  fieldsOf(ticket)['a_field_of_tomorrow'];

  const region = (await own.tickets.get(1)).custom_fields?.cf_region;
  holds<Same<typeof region, string | null | undefined>>(true);
  // @ts-expect-error: a misspelt custom field
  (await own.tickets.get(1)).custom_fields?.cf_regoin;
  void own.tickets.update(1, { custom_fields: { cf_region: 'north' } });
  // @ts-expect-error: a misspelt custom field
  void own.tickets.update(1, { custom_fields: { cf_regoin: 'north' } });
  // @ts-expect-error: a custom field of another type
  void own.tickets.update(1, { custom_fields: { cf_region: 4 } });
  // Nobody has declared them: anything may be there.
  const anything = (await plain.tickets.get(1)).custom_fields?.['cf_anything'];
  holds<Same<typeof anything, unknown>>(true);

  // @ts-expect-error: a text is no search, its values would not be escaped
  plain.tickets.search('status:2');
  plain.tickets.search(query`status:${2}`);
}

// ---- Many records ----

export async function many(): Promise<void> {
  const result = await plain.tickets.updateMany([1, 2], { status: 4 });
  // @ts-expect-error: nobody has looked whether all were changed
  result.records;
  // @ts-expect-error: nobody has looked whether some were not
  result.failed;
  if (result.ok) holds<Same<typeof result.records, readonly { readonly id: number }[]>>(true);
  else void result.failed[0]?.errors[0]?.message;
  const contacts: BulkResult<object> = await plain.contacts.updateMany([1], {});
  void contacts;
}

// ---- Helpdesk ----

holds<
  Same<
    HelpdeskEvent,
    'ticket.assignment.changed' | 'ticket.created' | 'ticket.deleted' | 'ticket.resolved' | 'ticket.updated'
  >
>(true);

export async function webhooks(): Promise<void> {
  const helpdesk = helpdeskClient({ apiKey: 'key', workspaceId: 'ws_1' });
  const wanted = { name: 'ours', targetUrl: 'https://example.com/' };
  // @ts-expect-error: a misspelt event
  void helpdesk.ensureWebhook({ ...wanted, events: ['ticket.craeted'] });
  const ensured = await helpdesk.ensureWebhook({ ...wanted, events: ['ticket.created'] });
  // @ts-expect-error: only a new webhook has its secret
  ensured.webhook.signingSecret;
  if (ensured.action === 'created') holds<Same<typeof ensured.webhook.signingSecret, Secret>>(true);
  // @ts-expect-error: no such field
  void helpdesk.webhooks.update('whk_1', { url: 'https://example.com/' });
  void helpdesk.webhooks.update('whk_1', { active: false });
}

export function failed(error: unknown): readonly string[] {
  return error instanceof ApiError ? error.fields.map(({ message }) => message) : [];
}

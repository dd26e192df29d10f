import type { EventName, EventPayloads, EventProducts } from "../../events.js";
import { segment } from "./address.js";
import { ApiError } from "./api-error.js";
import type { CallOptions, ClientOptions } from "./client-options.js";
import type { Credential } from "./credential.js";
import { api } from "./http.js";
import { checked, type RecordOf } from "./records.js";
import { Secret } from "./secret.js";

export { ApiError } from "./api-error.js";
export type { FieldError } from "./api-error.js";
export type { CallOptions, ClientOptions } from "./client-options.js";
export type { Credential } from "./credential.js";
export { fieldsOf } from "./records.js";
export { Secret } from "./secret.js";

/*
 * Helpdesk's webhooks. Endpoints, fields, `Authorization: Bearer` and `X-Workspace-Id` stand in the vendor's reference
 * (airclou.com/api/helpdesk): grade V. What an error's body holds, and how fast one may call, does not.
 */

export interface HelpdeskOptions extends ClientOptions {
  /** A key with the permission `admin`: all of this API asks for it. */
  readonly apiKey: Credential;
  /** `ws_…`, in the settings of your account. */
  readonly workspaceId: string;
}

type Named = {
  [N in EventName]: EventProducts[N] extends "helpdesk"
    ? EventPayloads[N] extends { readonly event: infer E extends string }
      ? E
      : never
    : never;
}[EventName];

/** What Helpdesk calls the events of your documents: `ticket.created`. Any text where they have none of Helpdesk's. */
export type HelpdeskEvent = [Named] extends [never] ? string : Named;

const webhook = {
  /** `whk_…`. */
  id: "string!",
  name: "string!",
  targetUrl: "string!",
  /** What it subscribes to, those included that your documents do not have. */
  events: ["string"],
  active: "boolean!",
  /** ISO 8601, in UTC. */
  createdAt: "string!",
  /** ISO 8601, in UTC. */
  updatedAt: "string!",
} as const;

export type HelpdeskWebhook = RecordOf<typeof webhook>;

const created = { ...webhook, signingSecret: "string!" } as const;
const page = { meta: { hasMore: "boolean", afterCursor: "string" } } as const;

/** A new webhook. Nothing else ever has its secret. */
export type CreatedHelpdeskWebhook = HelpdeskWebhook & {
  readonly signingSecret: Secret;
};

export interface NewHelpdeskWebhook {
  readonly name: string;
  /** Starts with `https://`. */
  readonly targetUrl: string;
  readonly events: readonly HelpdeskEvent[];
  /** True by default. */
  readonly active?: boolean | undefined;
}

export type HelpdeskWebhookChanges = {
  readonly [F in keyof NewHelpdeskWebhook]?: NewHelpdeskWebhook[F] | undefined;
};

export type EnsuredWebhook = {
  /** Others of the same name, which nobody has changed: each event is sent for each of them. */
  readonly duplicates: readonly HelpdeskWebhook[];
} & (
  | { readonly action: "created"; readonly webhook: CreatedHelpdeskWebhook }
  | {
      readonly action: "unchanged" | "updated";
      readonly webhook: HelpdeskWebhook;
    }
);

export interface HelpdeskClient {
  readonly webhooks: {
    /** @throws ApiError for a list that does not end: after 300 pages, or at a page that was there before */
    list(options?: CallOptions): Promise<readonly HelpdeskWebhook[]>;
    get(id: string, options?: CallOptions): Promise<HelpdeskWebhook>;
    /** @throws TypeError for an address that is not HTTPS */
    create(
      webhook: NewHelpdeskWebhook,
      options?: CallOptions,
    ): Promise<CreatedHelpdeskWebhook>;
    /**
     * Sends what is given and nothing else.
     *
     * @throws TypeError for an address that is not HTTPS
     */
    update(
      id: string,
      changes: HelpdeskWebhookChanges,
      options?: CallOptions,
    ): Promise<HelpdeskWebhook>;
    delete(id: string, options?: CallOptions): Promise<void>;
  };
  /**
   * Sees to it that there is a webhook of this name with this address and these events: it creates one, updates the one
   * that is there, or leaves it alone. Of runs that create one at the same time, the later ones take theirs back; the API
   * has no lock, so this relies on its lists showing at once what was created. Where that list fails, the new webhook
   * stays with its secret, and nothing is known of duplicates.
   *
   * @throws TypeError for an address that is not HTTPS
   */
  ensureWebhook(
    webhook: NewHelpdeskWebhook,
    options?: CallOptions,
  ): Promise<EnsuredWebhook>;
}

const path = "/helpdesk/api/v1/webhooks";

/** How many pages of a list are read: nobody has as many webhooks, so that such a list has no end. */
const ceiling = 300;

/** @throws TypeError for options that cannot work */
export function helpdeskClient(options: HelpdeskOptions): HelpdeskClient {
  const call = api(
    {
      product: "helpdesk",
      baseUrl: "https://app.airclou.com",
      credential: options.apiKey,
      authorization: (key) => `Bearer ${key}`,
      headers: { "x-workspace-id": options.workspaceId },
    },
    options,
  );

  const webhooks: HelpdeskClient["webhooks"] = {
    async list(own) {
      const found: HelpdeskWebhook[] = [];
      const read = new Set<string | undefined>();
      let after: string | undefined;
      for (;;) {
        read.add(after);
        const query = { "page[after]": after };
        const answer = await call("GET", path, { ...own, query });
        found.push(
          ...checked([webhook], answer, "webhooks").map(withoutSecret),
        );
        const { meta } = checked(page, answer);
        const next = meta?.hasMore === true ? meta.afterCursor : undefined;
        if (typeof next !== "string") return found;
        if (read.has(next))
          throw new ApiError(
            "the list names a page as its next that was there before",
            answer.where,
          );
        if (read.size === ceiling)
          throw new ApiError(
            `the list does not end within ${ceiling} pages`,
            answer.where,
          );
        after = next;
      }
    },
    async get(id, own) {
      const answer = await call("GET", pathOf(id), own);
      return withoutSecret(checked(webhook, answer, "webhook"));
    },
    async create(given, own) {
      const body = { webhook: sent(given) };
      const answer = await call("POST", path, { ...own, body });
      const { signingSecret } = checked(created, answer, "webhook");
      const record = withoutSecret(checked(webhook, answer, "webhook"));
      return { ...record, signingSecret: new Secret(signingSecret) };
    },
    async update(id, changes, own) {
      const body = { webhook: sent(changes) };
      const answer = await call("PUT", pathOf(id), { ...own, body });
      return withoutSecret(checked(webhook, answer, "webhook"));
    },
    async delete(id, own) {
      await call("DELETE", pathOf(id), own);
    },
  };

  return {
    webhooks,
    async ensureWebhook(wanted, own) {
      sent(wanted);
      const named = async () =>
        (await webhooks.list(own))
          .filter(({ name }) => name === wanted.name)
          .sort((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1));
      const [first, ...duplicates] = await named();
      if (first === undefined) {
        const fresh = await webhooks.create(wanted, own);
        // No other answer has the secret: a list that fails must not lose it.
        const [oldest = fresh, ...others] = await named().catch(() => []);
        if (oldest.id === fresh.id)
          return { action: "created", webhook: fresh, duplicates: others };
        // Another run was faster, and has the secret of the one that stays.
        await webhooks.delete(fresh.id, own);
        return {
          action: "unchanged",
          webhook: oldest,
          duplicates: others.filter(({ id }) => id !== fresh.id),
        };
      }
      const { targetUrl, events, active = true } = wanted;
      const changes: HelpdeskWebhookChanges = {
        ...(targetUrl !== first.targetUrl && { targetUrl }),
        ...(!isSame(events, first.events ?? []) && { events }),
        ...(active !== first.active && { active }),
      };
      if (Object.keys(changes).length === 0)
        return { action: "unchanged", webhook: first, duplicates };
      const updated = await webhooks.update(first.id, changes, own);
      return { action: "updated", webhook: updated, duplicates };
    },
  };
}

/** @throws TypeError for an address that is not HTTPS */
function sent(changes: HelpdeskWebhookChanges): object {
  const { name, targetUrl, events, active } = changes;
  if (targetUrl !== undefined && !isHttps(targetUrl))
    throw new TypeError("targetUrl must be an https address");
  return { name, targetUrl, events, active };
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === "https:";
}

function pathOf(id: string): string {
  return `${path}/${segment(id)}`;
}

/** By the time of creation; the later of two of the same time has the greater identifier. */
function ageOf({ createdAt, id }: HelpdeskWebhook): string {
  return `${createdAt} ${id}`;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const texts = new Set(a);
  return texts.size === new Set(b).size && b.every((each) => texts.has(each));
}

/** Whatever an answer holds, a secret is where it is expected or nowhere. */
function withoutSecret(record: HelpdeskWebhook): HelpdeskWebhook {
  const rest = { ...record };
  Reflect.deleteProperty(rest, "signingSecret");
  return rest;
}

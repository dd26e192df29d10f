import { finds, searchOf } from "./search.js";
import {
  unwrapped,
  wrapped,
  type FakeCollection,
  type FakeProduct,
  type FakeRecord,
} from "./store.js";

/*
 * The addresses of the products' REST APIs, and what they answer, as far as a client sees it.
 */

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
}

export interface FakeCall {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
  readonly collection: (name: string) => FakeCollection;
  /** Records that no bulk update changes. */
  readonly refused: ReadonlySet<number>;
}

/** Answers a call that is authentic and within the limits. */
export function answerTo(product: FakeProduct, call: FakeCall): FakeAnswer {
  let isKnown = false;
  for (const [methods, pattern, work] of routes[product]) {
    const found = pattern.exec(call.url.pathname);
    if (found === null) continue;
    isKnown = true;
    if (methods !== call.method) continue;
    if (/^P/.test(methods) && Object(call.body) !== call.body)
      return {
        status: 400,
        body: { code: "invalid_json", message: "It should be a JSON object." },
      };
    return work(call, found[1] ?? "");
  }
  return { status: isKnown ? 405 : 404 };
}

type Work = (call: FakeCall, id: string) => FakeAnswer;
type Route = readonly [method: string, path: RegExp, work: Work];

/** A kind of record, at an address of its own. */
interface Resource {
  readonly path: string;
  readonly collection: string;
  /** What one record is wrapped in, if in anything. */
  readonly one?: string;
  /** What a list is wrapped in, if in anything. */
  readonly many?: string;
  /** The parameter that asks for what has changed since. */
  readonly since?: string;
  readonly size?: string;
  /** How a list says what follows. */
  readonly paging?: "link" | "meta" | "pagination";
  /** The method that changes a record. */
  readonly update?: string;
}

const ceiling = 300;
const largestPage = 100;

const missing: FakeAnswer = { status: 404 };

function resource(about: Resource): readonly Route[] {
  const { path, collection, one, update = "PUT" } = about;
  const all = new RegExp(`^${path}$`);
  const each = new RegExp(`^${path}/([^/]+)$`);
  const found = (record: FakeRecord | undefined, status = 200): FakeAnswer =>
    record === undefined ? missing : { status, body: wrapped(one, record) };
  return [
    ["GET", all, (call) => list(about, call)],
    [
      "POST",
      all,
      (call) => {
        const fields = unwrapped(one, call.body);
        return found(call.collection(collection).create(fields), 201);
      },
    ],
    ["GET", each, (call, id) => found(call.collection(collection).get(id))],
    [
      update,
      each,
      (call, id) => {
        const fields = unwrapped(one, call.body);
        return found(call.collection(collection).change(id, fields));
      },
    ],
    [
      "DELETE",
      each,
      (call, id) =>
        call.collection(collection).delete(id) ? { status: 204 } : missing,
    ],
  ];
}

function list(about: Resource, { url, collection }: FakeCall): FakeAnswer {
  const { searchParams: query } = url;
  const since = Date.parse(query.get(about.since ?? "updated_since") ?? "");
  const field = query.get("order_by") ?? query.get("sort") ?? "id";
  const records = collection(about.collection).list({
    field,
    isDescending: (query.get("order_type") ?? "asc") === "desc",
    since: Number.isNaN(since) ? -Infinity : since,
  });
  return page(about, url, records);
}

/** A page of records, and what the vendor says about the next. */
function page(
  { many, size = "per_page", paging = "link" }: Resource,
  url: URL,
  records: readonly FakeRecord[],
): FakeAnswer {
  const perPage = numberOf(url, size, 30);
  const number = numberOf(url, "page", 1);
  if (!(perPage >= 1 && perPage <= largestPage))
    return invalid(size, `It should be between 1 and ${largestPage}`);
  if (!(number >= 1 && number <= ceiling))
    return invalid("page", `It should be between 1 and ${ceiling}`);
  const rows = records.slice((number - 1) * perPage, number * perPage);
  const total = records.length;
  const totalPages = Math.ceil(total / perPage);
  const next = new URL(url);
  next.searchParams.set("page", String(number + 1));
  const hasNext = number < totalPages;
  switch (paging) {
    case "link":
      return {
        status: 200,
        headers: hasNext ? { link: `<${next.href}>; rel="next"` } : {},
        body: wrapped(many, rows),
      };
    case "meta":
      return {
        status: 200,
        body: {
          ...wrapped(many, rows),
          meta: { total_pages: totalPages, total },
        },
      };
    case "pagination":
      return {
        status: 200,
        body: {
          ...wrapped(many, rows),
          pagination: {
            total_items: total,
            total_pages: totalPages,
            current_page: number,
            items_per_page: perPage,
          },
          ...(hasNext && { links: { next_page: { href: next.pathname } } }),
        },
      };
  }
}

/** A search: at most ten pages of thirty. */
function search(path: string, collection: string, many: string): Route {
  return [
    "GET",
    new RegExp(`^${path}$`),
    ({ url, collection: of }) => {
      const asked = searchOf(url.searchParams.get("query") ?? "");
      if (asked === undefined) return invalid("query", "It is not a search");
      const number = numberOf(url, "page", 1);
      if (!(number >= 1 && number <= 10))
        return invalid("page", "It should be between 1 and 10");
      const found = of(collection)
        .all()
        .filter((record) => finds(asked, record));
      const rows = found.slice((number - 1) * 30, number * 30);
      return { status: 200, body: { total: found.length, [many]: rows } };
    },
  ];
}

/** What is said about a ticket: its notes and replies, together. */
function conversations(path: string, isWrapped: boolean): readonly Route[] {
  const many = isWrapped ? { many: "conversations" } : {};
  const said =
    (kind: string): Work =>
    (call, id) => {
      if (call.collection("tickets").get(id) === undefined) return missing;
      const { body, private: isPrivate = kind === "notes" } = call.body as {
        readonly body?: string;
        readonly private?: boolean;
      };
      if (!body) return invalid("body", "It should not be blank");
      const conversation = call.collection(`ticket ${id}`).create({
        ticket_id: Number(id),
        user_id: 1,
        body,
        body_text: body,
        incoming: false,
        private: isPrivate,
      });
      return {
        status: 201,
        body: wrapped(isWrapped ? "conversation" : undefined, conversation),
      };
    };
  return [
    ["POST", new RegExp(`^${path}/([^/]+)/notes$`), said("notes")],
    ["POST", new RegExp(`^${path}/([^/]+)/reply$`), said("reply")],
    [
      "GET",
      new RegExp(`^${path}/([^/]+)/conversations$`),
      (call, id) =>
        call.collection("tickets").get(id) === undefined
          ? missing
          : list({ ...many, path, collection: `ticket ${id}` }, call),
    ],
  ];
}

/** Changes many records in a job, whose result says of each whether it was changed. */
function bulk(path: string, collection: string): readonly Route[] {
  const update: Work = (call) => {
    const { bulk_action: action } = call.body as {
      readonly bulk_action?: {
        readonly ids?: readonly number[];
        readonly properties?: object;
      };
    };
    const { ids = [], properties = {} } = action ?? {};
    if (ids.length > largestPage)
      return invalid("ids", `Has ${ids.length} items, can have ${largestPage}`);
    const data = ids.map((id) => {
      const changed =
        !call.refused.has(id) &&
        call.collection(collection).change(id, properties) !== undefined;
      return changed
        ? { id, success: true }
        : { id, success: false, errors: [problem("id", "It was not changed")] };
    });
    const job = call
      .collection("jobs")
      .create({ status: "completed", data }, "job_");
    const link = `${call.url.origin}/api/v2/jobs/${String(job["id"])}`;
    return { status: 202, body: { job_id: job["id"], link } };
  };
  return [
    ["POST", new RegExp(`^${path}/bulk_update$`), update],
    [
      "GET",
      /^\/api\/v2\/jobs\/([^/]+)$/,
      (call, id) => {
        const body = call.collection("jobs").get(id);
        return body === undefined ? missing : { status: 200, body };
      },
    ],
  ];
}

const webhooks: readonly Route[] = [
  [
    "GET",
    /^\/helpdesk\/api\/v1\/webhooks$/,
    ({ collection }) => {
      const all = collection("webhooks").all();
      return { status: 200, body: { webhooks: all } };
    },
  ],
  [
    "POST",
    /^\/helpdesk\/api\/v1\/webhooks$/,
    ({ body, collection }) => {
      const given = unwrapped("webhook", body);
      for (const field of ["name", "targetUrl", "events"])
        if (!Object.prototype.hasOwnProperty.call(given, field))
          return invalid(field, "It is required");
      if (!String(Reflect.get(given, "targetUrl")).startsWith("https://"))
        return invalid("targetUrl", "It should be an https address");
      const fields = { active: true, ...given };
      const webhook = collection("webhooks").create(fields);
      // The only answer with a secret.
      const signingSecret = `whsec_${btoa(String(webhook["id"]))}`;
      return { status: 201, body: { webhook: { ...webhook, signingSecret } } };
    },
  ],
  ...resource({
    path: "/helpdesk/api/v1/webhooks",
    collection: "webhooks",
    one: "webhook",
    many: "webhooks",
  }),
];

/** Records by the value of a field, of the kinds that are asked for. */
const lookup: Route = [
  "GET",
  /^\/crm\/sales\/api\/lookup$/,
  ({ url: { searchParams: query }, collection }) => {
    const [q, f] = [query.get("q"), query.get("f")];
    if (q === null || f === null) return invalid("q", "It is required");
    const kinds = (query.get("entities") ?? "").split(",").map((one) => {
      const many = `${one}s`;
      const found = collection(many)
        .all()
        .filter((record) => String(record[f]) === q);
      return [many, { [many]: found }] as const;
    });
    return { status: 200, body: Object.fromEntries(kinds) };
  },
];

const tickets = { path: "/api/v2/tickets", collection: "tickets" };
const sales = "/crm/sales/api";
const chat = { size: "items_per_page", paging: "pagination" } as const;

/** Of routes for the same address, the first is taken. */
const routes: Readonly<Record<FakeProduct, readonly Route[]>> = {
  freshdesk: [
    ...bulk("/api/v2/tickets", "tickets"),
    ...conversations("/api/v2/tickets", false),
    ...resource(tickets),
    ...resource({
      path: "/api/v2/contacts",
      collection: "contacts",
      since: "_updated_since",
    }),
    search("/api/v2/search/tickets", "tickets", "results"),
    search("/api/v2/search/contacts", "contacts", "results"),
  ],
  freshservice: [
    search("/api/v2/tickets/filter", "tickets", "tickets"),
    ...conversations("/api/v2/tickets", true),
    ...resource({ ...tickets, one: "ticket", many: "tickets" }),
    ...resource({
      path: "/api/v2/requesters",
      collection: "requesters",
      one: "requester",
      many: "requesters",
    }),
  ],
  freshsales: [
    lookup,
    ...["contact", "deal"].flatMap((one): readonly Route[] => [
      [
        "GET",
        new RegExp(`^${sales}/${one}s/view/([^/]+)$`),
        (call) =>
          list(
            {
              path: "",
              collection: `${one}s`,
              many: `${one}s`,
              paging: "meta",
            },
            call,
          ),
      ],
      [
        "GET",
        new RegExp(`^${sales}/${one}s/filters$`),
        () => {
          const name = one === "deal" ? "All Deals" : "All Contacts";
          return { status: 200, body: { filters: [{ id: 1, name }] } };
        },
      ],
      ...resource({
        path: `${sales}/${one}s`,
        collection: `${one}s`,
        one,
        many: `${one}s`,
        paging: "meta",
      }),
    ]),
  ],
  freshchat: [
    ...(["messages"] as const).flatMap((many): readonly Route[] => {
      const path = new RegExp(`^/v2/conversations/([^/]+)/${many}$`);
      return [
        [
          "GET",
          path,
          (call, id) =>
            list(
              { ...chat, path: "", collection: `${many} ${id}`, many },
              call,
            ),
        ],
        [
          "POST",
          path,
          (call, id) => {
            const fields = call.body as object;
            const message = call
              .collection(`${many} ${id}`)
              .create({ ...fields, conversation_id: id }, "msg_");
            return { status: 202, body: message };
          },
        ],
      ];
    }),
    ...resource({ path: "/v2/conversations", collection: "conversations" }),
    ...resource({
      ...chat,
      path: "/v2/users",
      collection: "users",
      many: "users",
    }),
  ],
  helpdesk: webhooks,
};

function invalid(field: string, message: string): FakeAnswer {
  const errors = [problem(field, message)];
  return { status: 400, body: { description: "Validation failed", errors } };
}

function problem(field: string, message: string): object {
  return { field, message, code: "invalid_value" };
}

function numberOf(url: URL, name: string, otherwise: number): number {
  return Number(url.searchParams.get(name) ?? otherwise);
}

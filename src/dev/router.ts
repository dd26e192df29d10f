import { Buffer } from 'node:buffer';
import { isObject } from '../model/pointer.js';
import { isId } from '../store/id.js';
import { notKept, Refused, replay, sampleText, sendNew, type Desk } from './actions.js';
import type {
  CheckRequest,
  Checked,
  Detail,
  EventInfo,
  Inference,
  InferRequest,
  SendRequest,
  State,
} from './api.js';
import { curlOf, type SecretVariables } from './curl.js';
import { detailOf } from './detail.js';
import { describedSchema } from './described-schema.js';
import type { Judge } from './judge.js';
import { forwardedPath } from './target.js';
import { testOf } from './test-text.js';

/** Answers a request whose body has been read. */
export type Handler = (body: unknown) => object | Promise<object>;

export interface Api {
  /** `method` where the path is there, but not in this way. */
  find(method: string, path: string): Handler | 'method' | undefined;
}

export interface ApiOptions extends Desk {
  readonly judge: () => Judge;
  readonly state: () => State;
  readonly variables: SecretVariables;
  /** Where a test finds the kit: `./events`. */
  readonly kitFolder: string;
  readonly infer: (ids: readonly string[] | undefined) => Promise<Inference>;
}

/** The API of the page, as src/dev/api.ts lists it. */
export function apiOf(options: ApiOptions): Api {
  const { deliveries, kit, credentials, judge, state, forwarder } = options;

  const known = (id: string) => {
    const summary = deliveries.summary(id);
    const capture = summary && deliveries.read(id);
    if (summary === undefined || capture === undefined) throw notKept();
    return { summary, capture };
  };

  const detail = (id: string): Detail => {
    const { capture, summary } = known(id);
    return detailOf(capture, {
      summary,
      attempts: deliveries.attempts(id),
      judge: judge(),
      credentials: credentials(),
    });
  };

  const routes: Readonly<Record<string, (id: string) => Handler>> = {
    'GET /api/state': () => () => state(),
    'GET /api/events': () => () => eventInfos(options),
    'GET /api/deliveries': () => () => deliveries.list(),
    'DELETE /api/deliveries': () => () => {
      deliveries.clear();
      return {};
    },
    'GET /api/deliveries/:id': (id) => () => detail(id),
    'DELETE /api/deliveries/:id': (id) => () => {
      if (!deliveries.remove(id)) throw notKept();
      return {};
    },
    'GET /api/deliveries/:id/curl': (id) => () => {
      const { capture } = known(id);
      const target = forwarder?.url ?? new URL(state().endpoint);
      return {
        text: curlOf(
          { ...capture, path: forwardedPath(target, capture.path) },
          { origin: target.origin, credentials: credentials(), variables: options.variables },
        ),
      };
    },
    'GET /api/deliveries/:id/test': (id) => () => {
      const { capture, summary } = known(id);
      const text = testOf(capture, {
        event: summary.event,
        validity: summary.validity,
        folder: options.kitFolder,
        kit: kit(),
      });
      if (text === undefined) throw new Refused(409, 'No event of the documents is known for this delivery.');
      return { text };
    },
    'POST /api/deliveries/:id/replay': (id) => () => replay(options, id),
    'POST /api/send': () => (body) => sendNew(options, sendRequest(body)),
    'POST /api/check': () => (body) => checked(options, checkRequest(body)),
    'POST /api/infer': () => (body) => options.infer(inferRequest(body).ids),
  };

  return {
    find(method, path) {
      const id = /^\/api\/deliveries\/([^/]+)/.exec(path)?.[1];
      if (id !== undefined && !isId(id)) return undefined;
      const pattern = id === undefined ? path : path.replace(id, ':id');
      const route = Object.hasOwn(routes, `${method} ${pattern}`)
        ? routes[`${method} ${pattern}`]
        : undefined;
      if (route !== undefined) return route(id ?? '');
      return Object.keys(routes).some((each) => each.endsWith(` ${pattern}`)) ? 'method' : undefined;
    },
  };
}

function checked({ judge }: ApiOptions, { event, body }: CheckRequest): Checked {
  const headers = [['content-type', 'application/json']] as const;
  const { unreadable, issues, unknown } = judge().inspect(
    { path: '/', headers, body: Buffer.from(body), receivedAt: '' },
    event,
  );
  return { ...(unreadable !== undefined && { unreadable }), issues, unknown };
}

function eventInfos({ kit }: Desk): readonly EventInfo[] {
  const live = kit();
  return live.catalog.events.map(({ name, product, summary }) => ({
    name,
    product,
    path: live.pathOf(name),
    ...(summary !== undefined && { summary }),
    sample: sampleText(live, name),
    schema: describedSchema(live.catalog, name),
  }));
}

/** What comes from the page is looked at all the same. */
function members(value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw new Refused(400, 'The request is no object.');
}

function text(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new Refused(400, `\`${name}\` is no text.`);
}

function sendRequest(value: unknown): SendRequest {
  const request = members(value);
  const [event, of, body] = ['event', 'of', 'body'].map((name) => text(request[name], name));
  if (of !== undefined && !isId(of)) throw new Refused(400, '`of` is no id.');
  return {
    ...(event !== undefined && { event }),
    ...(of !== undefined && { of }),
    ...(body !== undefined && { body }),
  };
}

function checkRequest(value: unknown): CheckRequest {
  const request = members(value);
  const event = text(request['event'], 'event');
  const body = text(request['body'], 'body');
  if (event === undefined || body === undefined) throw new Refused(400, '`event` and `body` are needed.');
  return { event, body };
}

function inferRequest(value: unknown): InferRequest {
  const { ids } = members(value);
  if (ids === undefined) return {};
  if (!Array.isArray(ids) || !ids.every((id): id is string => typeof id === 'string' && isId(id)))
    throw new Refused(400, '`ids` are no ids.');
  return { ids };
}

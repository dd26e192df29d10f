import type { Delivery, Receiver } from "../receiver.js";

/** What AWS Lambda is called with by API Gateway (payload formats 1.0 and 2.0), a function URL or a load balancer. */
export interface LambdaEvent {
  readonly httpMethod?: string | undefined;
  readonly path?: string | undefined;
  readonly rawPath?: string | undefined;
  readonly rawQueryString?: string | undefined;
  readonly queryStringParameters?: Texts | null | undefined;
  readonly multiValueQueryStringParameters?: Lists | null | undefined;
  readonly headers?: Texts | null | undefined;
  readonly multiValueHeaders?: Lists | null | undefined;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  /** The route that was taken: a path with parameters in braces. Format 2.0 has the method in front of it. */
  readonly resource?: string | undefined;
  readonly routeKey?: string | undefined;
  readonly requestContext?:
    | {
        readonly stage?: string | undefined;
        readonly path?: string | undefined;
        readonly http?: { readonly method: string } | undefined;
        readonly elb?: unknown;
      }
    | undefined;
}

type Texts = Readonly<Record<string, string | undefined>>;
type Lists = Readonly<Record<string, readonly string[] | undefined>>;

export interface LambdaResult {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  /** In place of `headers`, for a load balancer that sends lists of values itself. */
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

export interface LambdaOptions {
  /**
   * Headers in whose one value a comma may stand, such as `["x-token"]` for a secret with a comma. Payload format 2.0 joins
   * the values of a repeated header with commas, so that any other header with a comma counts as repeated.
   */
  readonly commaHeaders?: readonly string[] | undefined;
}

/**
 * A handler for AWS Lambda: `export const handler = lambdaHandler(receiver)`. Paths are those of the API, without its
 * stage. The answer waits for work that outran the deadline, because a function is frozen once it has answered.
 */
export function lambdaHandler(
  receiver: Receiver,
  { commaHeaders = [] }: LambdaOptions = {},
): (event: LambdaEvent) => Promise<LambdaResult> {
  const withCommas = new Set(commaHeaders.map((name) => name.toLowerCase()));
  return async (event) => {
    try {
      const delivery = deliveryOf(event, withCommas);
      const { status, headers, body } = await receiver.receive(delivery);
      return result(status, headers, body, event);
    } catch (error) {
      receiver.report(error);
      return result(500, {}, "", {});
    }
  };
}

/** @throws TypeError for an event that is no request, such as one of a queue or of a schedule */
function deliveryOf(
  event: LambdaEvent,
  withCommas: ReadonlySet<string>,
): Delivery {
  const method = event.requestContext?.http?.method ?? event.httpMethod;
  if (typeof method !== "string")
    throw new TypeError(
      "the function was called with an event that is no HTTP request",
    );
  const query = queryOf(event);
  const { body, isBase64Encoded } = event;
  return {
    method,
    // Some decode the path, and a question mark in a name is none that starts a query.
    path: `${pathOf(event).replace(/[?#]/g, encodeURIComponent)}${query && `?${query}`}`,
    headers: headersOf(event, withCommas),
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
    awaitLate: true,
  };
}

/**
 * The path as the API has it. Its stage stands in front of it in payload format 2.0, and in format 1.0 where a domain of
 * one's own leads to all stages.
 */
function pathOf({
  path,
  rawPath,
  resource,
  routeKey,
  requestContext,
}: LambdaEvent): string {
  const given = rawPath ?? path ?? "";
  const { stage, path: whole } = requestContext ?? {};
  const start = `/${stage ?? ""}`;
  if (!stage || !given.startsWith(`${start}/`)) return given;
  // Behind a domain of API Gateway's own, format 1.0 has the stage in the other path alone.
  if (whole === `${start}${given}`) return given;
  const rest = given.slice(start.length);
  // A name that is a stage's by chance: the route begins with it.
  const route = /\/[^{]*/.exec(routeKey ?? resource ?? "")?.[0] ?? "";
  return rest.startsWith(route) ? rest : given;
}

/** As it came, or as nearly so as a platform tells: a load balancer decodes nothing, API Gateway's format 1.0 all. */
function queryOf({
  rawQueryString,
  queryStringParameters: single,
  multiValueQueryStringParameters: lists,
  requestContext,
}: LambdaEvent): string {
  if (rawQueryString !== undefined) return rawQueryString;
  const isRaw = requestContext?.elb !== undefined;
  const written = (text: string) => (isRaw ? text : encodeURIComponent(text));
  const all: Texts | Lists = lists ?? single ?? {};
  return Object.entries<string | readonly string[] | undefined>(all)
    .flatMap(([name, value]) =>
      [value ?? []].flat().map((text) => `${written(name)}=${written(text)}`),
    )
    .join("&");
}

/** What came several times is an array: no verifier gets to see it. */
function headersOf(
  { headers, multiValueHeaders: lists, rawPath }: LambdaEvent,
  withCommas: ReadonlySet<string>,
): Delivery["headers"] {
  const entries = Object.entries(lists ?? {});
  if (entries.length > 0)
    return Object.fromEntries(
      entries.map(([name, all]) => [name, all?.length === 1 ? all[0] : all]),
    );
  if (rawPath === undefined) return headers ?? {};
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [
      name,
      typeof value !== "string" || isOne(name.toLowerCase(), value, withCommas)
        ? value
        : [value],
    ]),
  );
}

/** Whether a header of payload format 2.0 has one value: with a comma in it, that is so where its own syntax has one. */
function isOne(
  name: string,
  value: string,
  withCommas: ReadonlySet<string>,
): boolean {
  if (!value.includes(",") || withCommas.has(name)) return true;
  // Standard Webhooks: a list of versions and signatures, separated by spaces.
  return (
    name === "webhook-signature" &&
    value.split(" ").every((each) => /^[^,]*,[^,]*$/.test(each))
  );
}

function result(
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  { requestContext, multiValueHeaders }: LambdaEvent,
): LambdaResult {
  const answer = { statusCode, body, isBase64Encoded: false };
  if (requestContext?.elb === undefined || !multiValueHeaders)
    return { ...answer, headers: { ...headers } };
  const lists: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headers)) lists[name] = [value];
  return { ...answer, multiValueHeaders: lists };
}

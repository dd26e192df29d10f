import type { IncomingMessage, RequestListener } from 'node:http';
import type { LambdaEvent, LambdaResult } from '../../templates/runtime/adapters/lambda.js';

/** What AWS puts in front of a function. */
export type Front = 'rest' | 'http' | 'http, format 1.0' | 'url' | 'alb' | 'alb, lists';

/** Above what any of them takes: what they refuse themselves never reaches a function. */
const bytesAtMost = 10 * 2 ** 20;

/**
 * A stand-in for what AWS puts in front of a function: makes an event of a request, and a response of the result, as its
 * documentation says. It reads the whole body first, as they do.
 */
export function gateway(
  front: Front,
  handler: (event: LambdaEvent) => Promise<LambdaResult>,
  stage = 'prod',
): RequestListener {
  return (request, response) =>
    void (async () => {
      const body = await bytesOf(request);
      if (body === undefined) return void response.writeHead(413).end();
      // Events and results are JSON on their way.
      const event = JSON.parse(JSON.stringify(eventOf(front, request, body, stage))) as LambdaEvent;
      const result = JSON.parse(JSON.stringify(await handler(event))) as LambdaResult;
      const headers = front === 'alb, lists' ? result.multiValueHeaders : result.headers;
      response.writeHead(result.statusCode, headers);
      response.end(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'));
    })();
}

export function eventOf(front: Front, request: IncomingMessage, body: Buffer, stage: string): object {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const { method } = request;
  switch (front) {
    case 'rest':
    case 'http, format 1.0': {
      const lists = listsOf(request, front !== 'rest');
      const decoded = parametersOf(query, (text) => new URLSearchParams(`a=${text}`).get('a') ?? '');
      return {
        resource: '/{proxy+}',
        path: front === 'rest' ? path : `/${stage}${path}`,
        httpMethod: method,
        headers: lasts(lists),
        multiValueHeaders: lists,
        queryStringParameters: query === '' ? null : lasts(decoded),
        multiValueQueryStringParameters: query === '' ? null : decoded,
        requestContext: { stage, path: `/${stage}${path}`, httpMethod: method, resourcePath: '/{proxy+}' },
        ...bodyOf(body, front === 'rest' ? 'application/octet-stream' : typeOf(request), null),
      };
    }
    case 'http':
    case 'url': {
      const named = front === 'url' ? '$default' : stage;
      const rawPath = named === '$default' ? path : `/${named}${path}`;
      return {
        version: '2.0',
        routeKey: front === 'url' ? '$default' : 'ANY /{proxy+}',
        rawPath,
        rawQueryString: query,
        headers: joined(listsOf(request, true)),
        requestContext: { stage: named, http: { method, path: rawPath, protocol: 'HTTP/1.1' } },
        ...bodyOf(body, typeOf(request), undefined),
      };
    }
    default: {
      const lists = listsOf(request, true);
      const raw = parametersOf(query, (text) => text);
      const isLists = front === 'alb, lists';
      return {
        requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:…' } },
        httpMethod: method,
        path,
        ...(isLists
          ? { multiValueHeaders: lists, multiValueQueryStringParameters: raw }
          : { headers: lasts(lists), queryStringParameters: lasts(raw) }),
        ...bodyOf(body, typeOf(request), ''),
      };
    }
  }
}

type Lists = Record<string, string[]>;

function listsOf({ rawHeaders }: IncomingMessage, isLowered: boolean): Lists {
  const lists: Lists = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = isLowered ? rawHeaders[at]!.toLowerCase() : rawHeaders[at]!;
    (lists[name] ??= []).push(rawHeaders[at + 1]!);
  }
  return lists;
}

function parametersOf(query: string, read: (text: string) => string): Lists {
  const lists: Lists = {};
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    (lists[read(name)] ??= []).push(read(value));
  }
  return lists;
}

function lasts(lists: Lists): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, all]) => [name, all.at(-1)!]));
}

function joined(lists: Lists): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, all]) => [name, all.join(',')]));
}

function typeOf({ headers }: IncomingMessage): string {
  return headers['content-type'] ?? 'application/octet-stream';
}

/** Some types are text, whose bytes that are none are lost; all else is base64. */
function bodyOf(bytes: Buffer, type: string, none: null | '' | undefined): object {
  if (bytes.length === 0) return { body: none, isBase64Encoded: false };
  const isText = /^(?:text\/|application\/(?:json|javascript|xml))/.test(type);
  return { body: bytes.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bytesAtMost) chunks.push(chunk);
  }
  return length > bytesAtMost ? undefined : Buffer.concat(chunks);
}

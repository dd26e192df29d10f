import { describe, expect, test } from 'vitest';
import { ignoringRest } from '../../templates/events.js';
import {
  lambdaHandler,
  type LambdaEvent,
  type LambdaOptions,
} from '../../templates/runtime/adapters/lambda.js';
import {
  dangerouslyUnverified,
  queryParameter,
  staticHeaders,
  type Verifier,
} from '../../templates/runtime/signatures.js';
import { good, path, signedHeaders, watched } from './setup.js';

const body = { headers: signedHeaders(), body: good, isBase64Encoded: false };

function version2(rawPath: string, stage: string, changes: LambdaEvent = {}): LambdaEvent {
  return {
    rawPath,
    rawQueryString: '',
    ...body,
    ...changes,
    requestContext: { stage, http: { method: 'POST' } },
  };
}

function version1(given: string, stage: string, whole: string, changes: LambdaEvent = {}): LambdaEvent {
  return { httpMethod: 'POST', path: given, ...body, ...changes, requestContext: { stage, path: whole } };
}

function lists(headers: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

describe('the path is without the stage', () => {
  test.each<[string, LambdaEvent, basePath?: string]>([
    ['function URL', version2(path, '$default')],
    ['HTTP API, the default stage', version2(path, '$default')],
    ['HTTP API, another stage', version2(`/prod${path}`, 'prod', { routeKey: 'POST /webhooks/{proxy+}' })],
    ['HTTP API, a stage that is called like the path', version2(`/webhooks${path}`, 'webhooks')],
    [
      'the same, below a domain that hides it',
      version2(path, 'webhooks', { routeKey: 'ANY /webhooks/{proxy+}' }),
    ],
    ['HTTP API, a stage whose name another begins with', version2(path, 'web')],
    ['REST API', version1(path, 'prod', `/prod${path}`)],
    ['REST API, a stage that is called like the path', version1(path, 'webhooks', `/webhooks${path}`)],
    [
      'REST API, a domain that leads to all stages',
      version1(`/prod${path}`, 'prod', `/prod${path}`, { resource: '/{proxy+}' }),
    ],
    [
      'REST API, a domain with a mapping, which stays',
      version1(`/v1${path}`, 'prod', `/v1${path}`),
      '/v1/webhooks',
    ],
    [
      'HTTP API, format 1.0',
      version1(`/prod${path}`, 'prod', `/prod${path}`, { resource: '/webhooks/{proxy+}' }),
    ],
    ['load balancer', { httpMethod: 'POST', path, ...body, requestContext: { elb: {} } }],
    ['a test event without more', { httpMethod: 'POST', path, ...body }],
  ])('%s', async (_, event, basePath = '/webhooks') => {
    const { receiver, handled } = watched({ basePath });
    expect(await lambdaHandler(receiver)(event)).toMatchObject({ statusCode: 200 });
    expect(handled).toHaveLength(1);
  });
});

/** What a verifier gets to see of a header. */
async function seen(
  headers: LambdaEvent,
  name: string,
  options?: LambdaOptions,
): Promise<string | undefined> {
  let value: string | undefined;
  const verifier: Verifier = (request) => {
    value = request.headers.get(name);
    return { ok: true, credential: 0 };
  };
  const { receiver } = watched({ verify: { shop: verifier, reviews: verifier } });
  await lambdaHandler(receiver, options)({ ...version2(path, '$default'), ...headers });
  return value;
}

describe('a header that format 2.0 may have joined', () => {
  const signature = `v1,${'a'.repeat(43)}=`;
  test.each<[name: string, value: string, isSeen: boolean, options?: LambdaOptions]>([
    ['authorization', 'Basic abc', true],
    ['authorization', 'Basic abc,Basic abc', false],
    ['authorization', 'Basic abc, Basic abc', false],
    ['x-signature', 'abc,abc', false],
    ['x-token', 'a,b', false],
    ['x-token', 'a,b', true, { commaHeaders: ['X-Token'] }],
    ['webhook-signature', signature, true],
    ['webhook-signature', `${signature} ${signature} v1a,abc`, true],
    ['webhook-signature', `${signature},${signature}`, false],
    ['webhook-signature', `${signature} ${signature},${signature}`, false],
    ['webhook-id', 'a,b', false],
    ['webhook-timestamp', '1,2', false],
  ])('%s: %s: seen by a verifier: %s', async (name, value, isSeen, options) => {
    expect(await seen({ headers: { [name]: value } }, name, options)).toBe(isSeen ? value : undefined);
  });

  test.each<[what: string, event: LambdaEvent, isSeen: boolean]>([
    ['format 1.0, once', { multiValueHeaders: { 'X-Token': ['a,b'] } }, true],
    [
      'format 1.0, twice',
      { multiValueHeaders: { 'X-Token': ['a', 'b'] }, headers: { 'X-Token': 'b' } },
      false,
    ],
    ['format 1.0, in two cases', { multiValueHeaders: { 'X-Token': ['a'], 'x-token': ['a'] } }, false],
    ['a load balancer', { headers: { 'x-token': 'a,b' }, requestContext: { elb: {} } }, true],
  ])('%s tells them apart itself', async (_, event, isSeen) => {
    const own = { rawPath: undefined, httpMethod: 'POST', path };
    expect((await seen({ requestContext: {}, ...own, ...event }, 'x-token')) !== undefined).toBe(isSeen);
  });
});

describe('what a handler and a verifier get', () => {
  test('is the text of the header as it came', async () => {
    const { receiver, handled } = watched();
    const headers = { ...signedHeaders(), 'x-other': 'a,b,  c' };
    await lambdaHandler(receiver)(version2(path, '$default', { headers }));
    expect(handled[0]?.headers.get('x-other')).toBe('a,b,  c');
  });

  test.each<[string, LambdaEvent]>([
    ['format 2.0', { ...version2(path, '$default'), rawQueryString: 'a=1&key=a%26b%3D%2F%3F' }],
    [
      'format 1.0',
      { httpMethod: 'POST', path, ...body, multiValueQueryStringParameters: { a: ['1'], key: ['a&b=/?'] } },
    ],
    [
      'format 1.0 without lists',
      { httpMethod: 'POST', path, ...body, queryStringParameters: { a: '1', key: 'a&b=/?' } },
    ],
    [
      'a load balancer',
      {
        httpMethod: 'POST',
        path,
        ...body,
        queryStringParameters: { key: 'a%26b%3D%2F%3F' },
        requestContext: { elb: {} },
      },
    ],
  ])('is the query: %s', async (_, event) => {
    const verify = { shop: queryParameter({ key: 'a&b=/?' }), reviews: dangerouslyUnverified() };
    expect(await lambdaHandler(watched({ verify }).receiver)(event)).toMatchObject({ statusCode: 200 });
    const twice = {
      ...event,
      queryStringParameters: { key: 'no' },
      multiValueQueryStringParameters: { key: ['a&b=/?', 'a&b=/?'] },
    };
    if (event.multiValueQueryStringParameters)
      expect(await lambdaHandler(watched({ verify }).receiver)(twice)).toMatchObject({ statusCode: 401 });
  });

  test.each<[string, object]>([
    ['format 2.0', { headers: { ...signedHeaders(), 'x-odd': null } }],
    ['format 2.0, a number', { headers: { ...signedHeaders(), 'x-odd': 5 } }],
    [
      'format 1.0',
      { rawPath: undefined, path, httpMethod: 'POST', headers: { ...signedHeaders(), 'x-odd': null } },
    ],
    ['format 1.0, a query', { rawQueryString: undefined, queryStringParameters: { a: null } }],
    ['lists', { multiValueHeaders: { ...lists(signedHeaders()), 'x-odd': null } }],
    ['lists of a query', { rawQueryString: undefined, multiValueQueryStringParameters: { a: null } }],
  ])('may lack what somebody wrote as null: %s', async (_, odd) => {
    const { receiver, handled } = watched();
    const event = { ...version2(path, '$default', { headers: signedHeaders(), body: good }), ...odd };
    expect(await lambdaHandler(receiver)(event as LambdaEvent)).toMatchObject({ statusCode: 200 });
    expect(handled).toHaveLength(1);
  });

  test('are the bytes, in base64 or as a text', async () => {
    for (const isBase64Encoded of [true, false]) {
      const { receiver, handled } = watched();
      const sent = isBase64Encoded ? Buffer.from(good).toString('base64') : good;
      await lambdaHandler(receiver)(version2(path, '$default', { body: sent, isBase64Encoded }));
      expect(handled.map(({ rawBody }) => Buffer.from(rawBody).toString())).toEqual([good]);
    }
  });

  test.each([null, undefined, ''])('is nothing where the body is %j', async (none) => {
    const { receiver } = watched({
      verify: { shop: dangerouslyUnverified(), reviews: dangerouslyUnverified() },
    });
    const answer = await lambdaHandler(receiver)(version2(path, '$default', { body: none }));
    expect(answer).toMatchObject({ statusCode: 400, body: '{"error":"the body is empty"}' });
  });
});

test('the answer is in the form that the event asks for', async () => {
  const answer = { statusCode: 200, body: '{"result":"handled"}', isBase64Encoded: false };
  const type = 'application/json';
  const { receiver } = watched({
    verify: { shop: staticHeaders({ 'x-token': 'a' }), reviews: dangerouslyUnverified() },
  });
  const handler = lambdaHandler(receiver);
  const lists = { multiValueHeaders: { 'x-token': ['a'] }, body: good };
  expect(await handler({ httpMethod: 'POST', path, ...lists, requestContext: { elb: {} } })).toEqual({
    ...answer,
    multiValueHeaders: { 'content-type': [type] },
  });
  const headers = { 'x-token': 'a' };
  for (const event of [
    { httpMethod: 'POST', path, ...lists },
    { httpMethod: 'POST', path, headers, body: good, requestContext: { elb: {} } },
    version2(path, '$default', { headers }),
  ])
    expect(await handler(event)).toEqual({ ...answer, headers: { 'content-type': type } });
});

test.each([
  ['of a queue', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }],
  ['of a schedule', { source: 'aws.events', detail: {} }],
  ['of nothing', {}],
  ['that is null', null],
  ['with a body that is no text', { ...version2(path, '$default'), body: 5 }],
])('an event %s is a 500, and reported', async (_, event) => {
  const { receiver, errors } = watched({ handlers: ignoringRest({}) });
  expect(await lambdaHandler(receiver)(event as LambdaEvent)).toMatchObject({ statusCode: 500 });
  expect(errors).toHaveLength(1);
});

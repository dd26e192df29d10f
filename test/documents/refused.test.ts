import { describe, expect, test, vi } from 'vitest';
import { attack, type Refused } from '../hostile/attack.js';

vi.setConfig({ testTimeout: 600_000 });

/** AsyncAPI 2, with a message that everything is right with beside the given one. */
function second(message: string, components = '{}'): string {
  return `asyncapi: 2.6.0
info: { title: Shop, version: 1.0.0 }
channels:
  /paid: { publish: { message: { name: Paid, payload: { type: object } } } }
  /placed: { publish: { message: ${message} } }
components: ${components}`;
}

function third(message: string, components = '{}'): string {
  return `asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
channels:
  paid: { address: /paid, messages: { Paid: { payload: { type: object } } } }
  placed: { address: /placed, messages: { Placed: ${message} } }
components: ${components}`;
}

const avro = 'application/vnd.apache.avro;version=1.9.0';
const record = '{ type: record, name: Order, fields: [{ name: id, type: string }] }';

describe('another schema language is refused where it is named', () => {
  const languages = [
    avro,
    'application/vnd.apache.avro+json;version=1.9.0',
    'application/vnd.apache.avro+yaml;version=1.9.0',
    'application/vnd.google.protobuf;version=3',
    'application/raml+yaml;version=1.0',
    'application/vnd.oai.openapi;version=3.0.0',
    'application/vnd.oai.openapi+json;version=3.0.0',
    'application/xml',
    'application/x-own',
    'text/plain',
  ];
  test.each(languages)('%s', async (format) => {
    const rows = [
      second(`{ schemaFormat: '${format}', payload: {} }`),
      third(`{ payload: { schemaFormat: '${format}', schema: {} } }`),
    ];
    for (const spec of rows) {
      expect(await attack(spec)).toMatchObject({
        exit: 3,
        findings: [expect.stringMatching(/^schema-format-unsupported spec\.yaml:5:\d+$/)],
        said: expect.stringContaining(format),
        at: expect.stringMatching(new RegExp(`^'${format.replaceAll('+', '\\+')}'`)),
      });
    }
  });

  const places: readonly [name: string, spec: string][] = [
    [
      'in a component that the payload refers to',
      third(
        "{ payload: { $ref: '#/components/schemas/Order' } }",
        `{ schemas: { Order: { schemaFormat: ${avro}, schema: ${record} } } }`,
      ),
    ],
    [
      'in a component that a member of the payload refers to',
      third(
        "{ payload: { properties: { order: { $ref: '#/components/schemas/Order' } } } }",
        `{ schemas: { Order: { schemaFormat: ${avro}, schema: ${record} } } }`,
      ),
    ],
    [
      'in a trait',
      second(
        `{ traits: [{ $ref: '#/components/messageTraits/Avro' }], payload: ${record} }`,
        `{ messageTraits: { Avro: { schemaFormat: ${avro} } } }`,
      ),
    ],
  ];
  test.each(places)('%s', async (_, spec) => {
    expect(await attack(spec)).toMatchObject({
      exit: 3,
      findings: [expect.stringMatching(/^schema-format-unsupported spec\.yaml:6:\d+$/)],
      at: expect.stringMatching(/^application\/vnd\.apache\.avro/),
    });
  });

  test.each(['order.avsc', 'Order.proto', 'schemas/order.xsd', 'order.RAML'])(
    'in a file called %s',
    async (file) => {
      expect(await attack(second(`{ payload: { $ref: './${file}' } }`))).toMatchObject({
        exit: 3,
        findings: [expect.stringMatching(/^schema-format-unsupported spec\.yaml:5:\d+$/)],
        said: expect.stringContaining(file),
      });
    },
  );

  test('every time it is named, so that one run says all', async () => {
    const spec = second(`{ oneOf: [
      { name: A, schemaFormat: ${avro}, payload: ${record} },
      { name: B, payload: { type: object } },
      { name: C, schemaFormat: application/x-own, payload: {} }] }`);
    const { findings } = (await attack(spec)) as Refused;
    expect(findings).toEqual([
      expect.stringMatching(/^schema-format-unsupported spec\.yaml:6:/),
      expect.stringMatching(/^schema-format-unsupported spec\.yaml:8:/),
    ]);
  });
});

test.each([
  ['draft-04', 'schema-draft'],
  ['2019-09', 'schema-draft'],
  ['https://json-schema.org/draft/2020-12/schema', 'schema-draft'],
  ['draft-06', undefined],
  ['draft-07', undefined],
])('JSON Schema of %s is read as draft-07, and said to be', async (draft, warning) => {
  const format = `application/schema+json;version=${draft}`;
  for (const spec of [
    second(`{ schemaFormat: '${format}', payload: { type: object } }`),
    third(`{ payload: { schemaFormat: '${format}', schema: { type: object } } }`),
  ]) {
    expect(await attack(spec)).toMatchObject({ warnings: warning === undefined ? [] : [warning] });
  }
});

test('a message that is neither JSON nor a form makes no event, and is pointed out', async () => {
  const outcome = await attack(second('{ contentType: application/xml, payload: { type: object } }'));
  expect(outcome).toMatchObject({ events: [{ name: 'paid' }], warnings: ['payload-not-json'] });
});

describe('what is not AsyncAPI 2.0 to 3.1 is refused where it says what it is', () => {
  const rest = '\ninfo: { title: Shop, version: 1.0.0 }\nchannels: {}\n';
  const rows: readonly [head: string, at: string, said: RegExp][] = [
    ['asyncapi: 1.2.0', '1.2.0', /AsyncAPI 1\.2\.0/],
    ['asyncapi: 2.0.0-rc1', '2.0.0-rc1', /AsyncAPI 2\.0\.0-rc1/],
    ['asyncapi: 2.7.0', '2.7.0', /AsyncAPI 2\.7\.0/],
    ['asyncapi: 3.2.0', '3.2.0', /AsyncAPI 3\.2\.0/],
    ['asyncapi: 4.0.0', '4.0.0', /AsyncAPI 4\.0\.0/],
    ['asyncapi: 2.6', '2.6', /three numbers/],
    ['asyncapi: 3', '3', /three numbers/],
    ['asyncapi: [2.6.0]', '[2.6.0]', /three numbers/],
    ["asyncapi: ''", "''", /AsyncAPI/],
    ['swagger: "2.0"', '"2.0"', /Swagger/],
    ['openapi: 3.1.0', '3.1.0', /OpenAPI/],
    ['overlay: 1.1.0', '1.1.0', /overlay/],
    ['$schema: http://json-schema.org/draft-07/schema', 'http:', /JSON Schema/],
    ['name: shop', 'name', /no `asyncapi`/],
  ];
  test.each(rows)('%s', async (head, at, said) => {
    const outcome = await attack(head + rest);
    expect(outcome).toMatchObject({
      exit: 3,
      findings: [expect.stringMatching(/^asyncapi-missing spec\.yaml:1:\d+$/)],
      said: expect.stringMatching(said),
    });
    expect((outcome as Refused).at?.slice(0, at.length)).toBe(at);
  });
});

import specs from '@asyncapi/specs';
import { describe, expect, test } from 'vitest';
import { Rejected, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { membersOf, type ObjectKind } from '../../src/parse/members.js';
import { homeOf } from '../../src/parse/misplaced.js';
import { parse } from '../../src/parse/parse.js';
import { versionFault } from '../../src/parse/version.js';
import { folder, loadIn, type Files } from '../load/folder.js';

/** What the parser finds in a document, after overlays that may mend it. */
async function found(spec: string, overlay?: string, files: Files = {}): Promise<readonly Diagnostic[]> {
  const root = folder({
    'shop.yaml': spec,
    ...files,
    ...(overlay !== undefined && { 'mend.yaml': overlay }),
  });
  const overlays = overlay === undefined ? [] : [{ path: `${root}/mend.yaml`, shipped: false }];
  const { documents, errors } = await loadIn(root, ['shop.yaml'], { overlays, refuse: versionFault });
  if (errors.length > 0) return errors;
  try {
    await parse(documents, { style: false }, () => undefined);
    return [];
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return error.diagnostics;
  }
}

const second = (channel: string, more = '', info = '') => `asyncapi: 2.6.0
info: { title: Shop, version: 1.0.0${info} }
channels: { order/paid: ${channel} }
${more}`;
const paid = '{ publish: { message: { name: Paid, payload: { type: object } } } }';
const third = (channel: string, more = '', operation = '') => `asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
channels: { paid: ${channel} }
operations: { onPaid: { action: receive, channel: { $ref: '#/channels/paid' }${operation} } }
${more}`;
const addressed = '{ address: order/paid, messages: { Paid: { payload: { type: object } } } }';
const here = (version: 2 | 3) => `; AsyncAPI ${version} has it here`;

interface Row {
  readonly spec: string;
  /** What is said, behind `… is no member of `. */
  readonly said: string;
  readonly at: string;
  /** What an overlay may remove instead. */
  readonly target?: string;
}

const info2 = 'in AsyncAPI 2.6.0: it belongs';
const rows: Readonly<Record<string, Row>> = {
  'externalDocs in the info of AsyncAPI 2': {
    spec: second(paid, '', ', externalDocs: { url: https://shop.example }'),
    said: `\`info\` ${info2} at the root of the document${here(3)}.`,
    at: '2:38',
    target: '$.info.externalDocs',
  },
  'tags in the info of AsyncAPI 2': {
    spec: second(paid, '', ', tags: [{ name: orders }]'),
    said: `\`info\` ${info2} at the root of the document${here(3)}.`,
    at: '2:38',
    target: '$.info.tags',
  },
  'tags of a channel of AsyncAPI 2': {
    spec: second(`{ tags: [], ${paid.slice(1)}`),
    said: `a channel ${info2} in \`publish\` or \`subscribe\`${here(3)}.`,
    at: '3:27',
    target: "$.channels['order/paid'].tags",
  },
  'messages of a channel of AsyncAPI 2': {
    spec: second('{ messages: { Paid: { payload: { type: object } } } }'),
    said: `a channel ${info2} in \`publish\` or \`subscribe\`, as the \`oneOf\` of its \`message\`${here(3)}.`,
    at: '3:27',
  },
  'a payload outside the message': {
    spec: second('{ publish: { message: { name: Paid }, payload: { type: object } } }'),
    said: `an operation ${info2} in its \`message\`.`,
    at: '3:63',
  },
  'a schema for a payload': {
    spec: second('{ publish: { message: { name: Paid, properties: {} } } }'),
    said: `a message ${info2} in \`payload\`.`,
    at: '3:61',
  },
  'a schema for a payload, of one of several messages': {
    spec: second(
      '{ publish: { message: { oneOf: [{ name: Paid, schema: {} }, { name: Sent, payload: {} }] } } }',
    ),
    said: `a message ${info2} in \`payload\`.`,
    at: '3:71',
  },
  'a member in a component that the channel refers to': {
    spec: second(
      "{ publish: { message: { $ref: '#/components/messages/Paid' } } }",
      'components: { messages: { Paid: { payload: {}, operationId: a } } }',
    ),
    said: `a message ${info2} in the operation around it.`,
    at: '4:48',
    target: '$.components.messages.Paid.operationId',
  },
  'schemas at the root': {
    spec: second(paid, 'schemas: {}'),
    said: `the root of the document ${info2} in \`components\`.`,
    at: '4:1',
  },
  'host of a server of AsyncAPI 2': {
    spec: second(paid, 'servers: { shop: { url: a, host: b, protocol: https } }'),
    said: `a server ${info2} in \`url\`${here(3)}.`,
    at: '4:28',
  },
  'a type of a parameter of AsyncAPI 2': {
    spec: second('{ parameters: {} }').replace(
      '{ order/paid: { parameters: {} } }',
      `{ 'order/{id}': { parameters: { id: { type: string } }, ${paid.slice(1)} }`,
    ),
    said: `a parameter ${info2} in its \`schema\`.`,
    at: '3:49',
    target: "$.channels['order/{id}'].parameters.id.type",
  },
  'tags at the root of AsyncAPI 3': {
    spec: third(addressed, 'tags: []'),
    said: `the root of the document in AsyncAPI 3.0.0: it belongs in \`info\`${here(2)}.`,
    at: '5:1',
    target: '$.tags',
  },
  'publish in a channel of AsyncAPI 3': {
    spec: third(`{ publish: {}, ${addressed.slice(1)}`),
    said: `a channel in AsyncAPI 3.0.0: it belongs in \`operations\` at the root, as an operation with \`action: receive\`${here(2)}.`,
    at: '3:21',
  },
  'operationId in an operation of AsyncAPI 3': {
    spec: third(addressed, '', ', operationId: onOrderPaid'),
    said: `an operation in AsyncAPI 3.0.0: it belongs in \`operations\`, as the key of the operation${here(2)}.`,
    at: '4:80',
    target: '$.operations.onPaid.operationId',
  },
  'messageId in a message of AsyncAPI 3': {
    spec: third('{ address: order/paid, messages: { Paid: { messageId: paid, payload: {} } } }'),
    said: `a message in AsyncAPI 3.0.0: it belongs in \`messages\`, as the key of the message${here(2)}.`,
    at: '3:62',
    target: '$.channels.paid.messages.Paid.messageId',
  },
  'a schema of a parameter of AsyncAPI 3': {
    spec: third(
      "{ address: 'order/{id}', parameters: { id: { schema: { type: string } } }, messages: { Paid: { payload: {} } } }",
    ),
    said: `a parameter in AsyncAPI 3.0.0: it belongs in the parameter itself, as \`enum\`, \`default\` and \`examples\`${here(2)}.`,
    at: '3:64',
    target: '$.channels.paid.parameters.id.schema',
  },
};

describe('a member that belongs elsewhere', () => {
  test.each(Object.entries(rows))('%s', async (_, { spec, said, at, target }) => {
    const errors = await found(spec);
    expect(errors.map(({ message, position }) => `${message} ${position?.line}:${position?.column}`)).toEqual(
      [expect.stringMatching(/^`\w+` is no member of /)],
    );
    const [error] = errors;
    expect(error?.message.replace(/^`\w+` is no member of /, '')).toBe(said);
    expect(`${error?.position?.line}:${error?.position?.column}`).toBe(at);
    expect(error?.fix).toBe(
      target === undefined
        ? 'Move it there, in the document or with an overlay.'
        : `Move it there, or leave the document as it is and remove it in an overlay, with \`target: ${target}\` and \`remove: true\`.`,
    );
  });

  const removable = Object.entries(rows).filter(([, { target }]) => target !== undefined);
  test.each(removable)('%s, removed as the finding says', async (_, { spec, target }) => {
    const overlay = `overlay: 1.1.0
info: { title: Mend, version: 1.0.0 }
actions: [{ target: ${JSON.stringify(target)}, remove: true }]`;
    expect(await found(spec, overlay)).toEqual([]);
  });

  test('in a file beside the document, overlays reach nothing and are not spoken of', async () => {
    const spec = second("{ $ref: './paid.yaml' }");
    const [error] = await found(spec, undefined, {
      'paid.yaml': `tags: []\npublish: { message: { payload: {} } }`,
    });
    expect(error?.position).toMatchObject({ file: 'paid.yaml', line: 1, column: 1 });
    expect(error?.fix).toBe('Move it there, or leave the document as it is and remove it in an overlay.');
  });
});

const cures: readonly [what: string, spec: string, message: RegExp, fix: RegExp, at: string][] = [
  [
    'a misspelt member',
    second(`{ publsh: ${paid.slice(11)}`),
    /`publish` is the nearest/,
    /^Write `publish`/,
    '3:27',
  ],
  [
    'a member of a later version',
    second('{ publish: { message: { messageId: a, payload: {} } } }').replace('2.6.0', '2.0.0'),
    /it is one from 2\.4\.0 on/,
    /^Write `asyncapi: 2\.4\.0` or a later/,
    '3:49',
  ],
  [
    'a member that nobody knows',
    second(paid, '', ', colour: red'),
    /not expected/,
    /^Remove it, or .*target: \$\.info\.colour/,
    '2:38',
  ],
  [
    'a member that is missing',
    second(paid).replace(', version: 1.0.0', ''),
    /required property "version"/,
    /^Add `version`/,
    '2:7',
  ],
  [
    'a number for a text',
    second(paid).replace('1.0.0', '1.0'),
    /must be string/,
    /^Write it in quotes: without them it is a number\.$/,
    '2:31',
  ],
  ['a list for an object', second('[]'), /must be object/, /^Write an object here\.$/, '3:25'],
  [
    'a word that is none of the list',
    third(addressed).replace('action: receive', 'action: recieve'),
    /allowed values/,
    /^Write `receive`/,
    '4:33',
  ],
  [
    'a parameter that nothing describes',
    second(`{ parameters: {}, ${paid.slice(1)}`).replace('order/paid', "'order/{id}'"),
    /Missed: id/,
    /^Describe each of them under `parameters`/,
    '3:41',
  ],
  [
    'a parameter that is not in the address',
    second(`{ parameters: { id: {}, no: {} }, ${paid.slice(1)}`).replace('order/paid', "'order/{id}'"),
    /redundant/,
    /^Remove it, or name it in braces/,
    '3:55',
  ],
  [
    'a message that its channel lacks',
    third(
      addressed,
      'components: { messages: { Sent: {} } }',
      ", messages: [{ $ref: '#/components/messages/Sent' }]",
    ),
    /does not belong/,
    /^Refer to the message as the channel has it/,
    '4:91',
  ],
];

test.each(cures)('%s has a cure', async (_, spec, message, fix, at) => {
  const errors = await found(spec);
  expect(errors.map(({ position }) => `${position?.line}:${position?.column}`)).toEqual([at]);
  expect(errors[0]?.message).toMatch(message);
  expect(errors[0]?.fix).toMatch(fix);
});

test.each<[what: string, spec: string, wanted: readonly string[]]>([
  [
    'a version that is not read',
    second("{ $ref: './gone.yaml' }").replace('2.6.0', '1.2.0'),
    ['asyncapi-missing'],
  ],
  [
    'another kind of document',
    second("{ $ref: './gone.yaml' }").replace('asyncapi: 2.6.0', 'openapi: 3.1.0'),
    ['asyncapi-missing'],
  ],
  ['a version that is read', second("{ $ref: './gone.yaml' }"), ['ref-file-missing']],
])('%s is told before what its references lack', async (_, spec, wanted) => {
  const errors = await found(spec);
  expect(errors.map(({ code }) => code)).toEqual(wanted);
});

describe('the tables say what the specification says', () => {
  /** The name that the specification's JSON Schema has for a kind of object. */
  const files = (version: string): Readonly<Partial<Record<ObjectKind, string>>> => ({
    info: 'info',
    contact: 'contact',
    license: 'license',
    server: 'server',
    channel: version.startsWith('2.') ? 'channelItem' : 'channel',
    operation: 'operation',
    message: version.startsWith('2.') ? 'message' : 'messageObject',
    parameter: 'parameter',
    components: 'components',
  });
  const versions = ['2.0.0', '2.1.0', '2.2.0', '2.3.0', '2.4.0', '2.5.0', '2.6.0', '3.0.0', '3.1.0'] as const;

  /** The properties of a schema and its branches. */
  function propertiesOf(schema: unknown): readonly string[] {
    const { properties = {}, oneOf = [], allOf = [] } = schema as Record<string, object & unknown[]>;
    return [...Object.keys(properties), ...[...oneOf, ...allOf].flatMap(propertiesOf)];
  }

  test.each(versions)('%s', (version) => {
    const schema = specs.schemas[version] as { properties: object; definitions: Record<string, object> };
    expect(new Set(membersOf('root', version))).toEqual(new Set(Object.keys(schema.properties)));
    for (const [kind, file] of Object.entries(files(version))) {
      const definition = schema.definitions[`http://asyncapi.com/definitions/${version}/${file}.json`];
      const wanted = propertiesOf(definition).filter((member) => kind !== 'parameter' || member !== '$ref');
      expect([kind, new Set(membersOf(kind as ObjectKind, version))]).toEqual([kind, new Set(wanted)]);
    }
  });

  test('no member has another home than the object that may have it', () => {
    const kinds = ['root', ...Object.keys(files('2.6.0'))] as ObjectKind[];
    for (const version of ['2.6.0', '3.1.0'])
      for (const kind of kinds)
        expect(membersOf(kind, version).filter((member) => homeOf(kind, member, version))).toEqual([]);
  });
});

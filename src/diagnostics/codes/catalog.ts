import { entries } from '../entry.js';

export const catalogCodes = entries({
  'schema-invalid': {
    severity: 'error',
    exit: 3,
    cause: 'A JSON Schema keyword has a value of the wrong kind.',
    fix: 'Give the keyword a value as JSON Schema draft-07 defines it.',
    example: {
      before: ['Ticket:', '  type: object', '  required: id'].join('\n'),
      after: ['Ticket:', '  type: object', '  required: [id]'].join('\n'),
    },
  },
  'schema-cycle': {
    severity: 'error',
    exit: 3,
    cause:
      'A schema leads back to itself through `allOf`, `oneOf`, `anyOf`, `not`, `if` or `$ref` alone: whether a value is valid would depend on whether it is valid. A base that lists its heirs in `oneOf`, of which each takes in the base with `allOf`, is the usual one.',
    fix: 'Move what the schemas share to a schema of its own, and let both sides refer to that; a schema may refer to itself below `properties` or `items`.',
    example: {
      before: [
        'Ticket:',
        "  oneOf: [{ $ref: '#/components/schemas/Task' }]",
        'Task:',
        "  allOf: [{ $ref: '#/components/schemas/Ticket' }, { type: object }]",
      ].join('\n'),
      after: [
        'Ticket:',
        "  oneOf: [{ $ref: '#/components/schemas/Task' }]",
        'Task:',
        "  allOf: [{ $ref: '#/components/schemas/Shared' }, { type: object }]",
        'Shared:',
        '  type: object',
      ].join('\n'),
    },
  },
  'schema-too-deep': {
    severity: 'error',
    exit: 3,
    cause: 'A schema is nested so deeply that neither its type nor its validator would be of use.',
    fix: 'Move nested parts to components.schemas and refer to them.',
  },
  'schema-too-large': {
    severity: 'error',
    exit: 3,
    cause: 'A schema has more members than a type or a validator can be made of.',
    fix: 'Split the schema, or describe the members with patternProperties or additionalProperties.',
  },
  'schema-format-unsupported': {
    severity: 'error',
    exit: 3,
    cause: 'The payload is described in a schema language that is not JSON Schema, such as Avro or Protobuf.',
    fix: 'Describe the payload in JSON Schema, or remove the message with an overlay, or leave its product out with --products.',
  },
  'schema-draft': {
    severity: 'warning',
    exit: 3,
    cause: 'The schema names a draft other than draft-07; it is read as draft-07.',
    fix: 'Write the schema in draft-07, or check that its keywords mean the same there.',
  },
  'keyword-ignored': {
    severity: 'warning',
    exit: 3,
    cause: 'The keyword belongs to another draft of JSON Schema and is not checked.',
    fix: 'Use the draft-07 keyword for it, or remove it.',
    example: {
      before: ['Ticket:', '  type: object', '  dependentRequired: { city: [country] }'].join('\n'),
      after: ['Ticket:', '  type: object', '  dependencies: { city: [country] }'].join('\n'),
    },
  },
  'keyword-beside-ref': {
    severity: 'warning',
    exit: 3,
    cause:
      'A keyword stands beside a $ref. JSON Schema draft-07 and AsyncAPI ignore it there, so it changes neither the type nor the validator.',
    fix: 'Put the $ref and the keyword into an allOf if both are meant, or remove the keyword.',
    example: {
      before: [
        'Ticket:',
        "  $ref: '#/components/schemas/Base'",
        '  minProperties: 1',
        'Base: { type: object }',
      ].join('\n'),
      after: [
        'Ticket:',
        '  allOf:',
        "    - $ref: '#/components/schemas/Base'",
        '    - minProperties: 1',
        'Base: { type: object }',
      ].join('\n'),
    },
  },
  'keyword-misspelt': {
    severity: 'warning',
    exit: 3,
    cause: 'A schema has a member that is no keyword but is nearly spelled like one, so it says nothing.',
    fix: 'Correct the spelling, or begin the name with `x-` if it is an extension.',
    example: {
      before: ['Ticket:', '  type: object', '  requierd: [id]'].join('\n'),
      after: ['Ticket:', '  type: object', '  required: [id]'].join('\n'),
    },
  },
  'type-missing': {
    severity: 'warning',
    exit: 3,
    cause:
      'A schema describes the members of an object, or the items of a list, and nothing says that the value is one: a text or a number satisfies it as well.',
    fix: 'Add `type: object` to the schema, or `type: array` where it describes items; an overlay can do so.',
    example: {
      before: ['Ticket:', '  properties:', '    id: { type: string }'].join('\n'),
      after: ['Ticket:', '  type: object', '  properties:', '    id: { type: string }'].join('\n'),
    },
  },
  'enum-excluded': {
    severity: 'warning',
    exit: 3,
    cause: 'A value of the enum is not of the type beside it, so no value can be both.',
    fix: 'Correct the value or the type.',
    example: {
      before: ['Ticket:', '  type: integer', "  enum: [1, '2']"].join('\n'),
      after: ['Ticket:', '  type: integer', '  enum: [1, 2]'].join('\n'),
    },
  },
  'extension-ignored': {
    severity: 'warning',
    exit: 3,
    cause:
      'The extension names code, a type or a class for another generator; a document never decides what code is written.',
    fix: 'Remove the extension, or leave it for the tool it is meant for.',
    example: {
      before: ['Ticket:', '  type: object', '  tsType: Map<string, unknown>'].join('\n'),
      after: ['Ticket:', '  type: object'].join('\n'),
    },
  },
  'pattern-invalid': {
    severity: 'error',
    exit: 3,
    cause: 'The pattern is not a regular expression with Unicode rules (the `u` flag).',
    fix: 'Correct the pattern; with Unicode rules only syntax characters may be escaped.',
    example: {
      before: ['Ticket:', '  type: string', '  pattern: ^INC\\-\\d+$'].join('\n'),
      after: ['Ticket:', '  type: string', '  pattern: ^INC-\\d+$'].join('\n'),
    },
  },
  'pattern-not-linear': {
    severity: 'error',
    exit: 3,
    cause:
      'The kit checks every text in time linear in its length. A regular expression of JavaScript can take far longer, so an automaton takes its place, and none of a reasonable size can be made of this pattern: it has a backreference, a condition that looks both ways, or large counts of what may start anywhere.',
    fix: 'Write the pattern without backreferences and large counts, or have an overlay replace it with `update: { pattern: … }` or remove it with `remove: true`.',
    example: {
      before: ['Ticket:', '  type: string', '  pattern: ^(\\w+)-\\1$'].join('\n'),
      after: ['Ticket:', '  type: string', '  pattern: ^\\w+-\\w+$'].join('\n'),
    },
  },
  'reference-missing': {
    severity: 'error',
    exit: 3,
    cause: 'A reference points at nothing, or only at other references in a circle.',
    fix: 'Correct the reference, or add what it points at.',
  },
  'payload-missing': {
    severity: 'warning',
    exit: 3,
    cause: 'The message declares no payload, so there is nothing to receive.',
    fix: 'Declare the payload; a message without one makes no event.',
  },
  'channel-empty': {
    severity: 'warning',
    exit: 3,
    cause: 'A channel without a message describes no delivery, and makes no event.',
    fix: 'Give the channel a message, or remove it.',
  },
  'message-unused': {
    severity: 'info',
    exit: 3,
    cause:
      'What stands under `components` has no effect until something refers to it: a message that no channel has makes no event.',
    fix: 'Refer to the message from the channel that it is sent on.',
  },
  'reply-outside-channel': {
    severity: 'warning',
    exit: 3,
    cause:
      'The specification wants the channel of a reply, and its messages, among the `channels` of the document; a reply elsewhere makes no event.',
    fix: 'Add a channel for the reply, and refer to it and to its messages.',
  },
  'messages-not-told-apart': {
    severity: 'warning',
    exit: 3,
    cause:
      'Several messages have one address, and `x-event` names no discriminator by which a receiver could choose between them. An address with one message, or with a discriminator for each, is answered.',
    fix: 'Give each message `x-event: { discriminator: { pointer, value } }` in an overlay, or a channel of its own; or lead paths to events with the `routes` of createReceiver.',
  },
  'address-parameters': {
    severity: 'warning',
    exit: 3,
    cause:
      'The address of the channel has parameters, such as `/shop/{tenant}/order-placed`. The receiver compares paths as they stand, so no real path is that of the event.',
    fix: "Name each path that is called in the `routes` of createReceiver: `routes: { '/shop/acme/order-placed': 'shop/{tenant}/order-placed' }`.",
  },
  'payload-not-json': {
    severity: 'warning',
    exit: 3,
    cause: 'The content type of the message is neither JSON nor a form, which are what a kit can read.',
    fix: 'Correct the content type if the payload is JSON; a message in another format makes no event.',
  },
  'name-changed': {
    severity: 'warning',
    exit: 3,
    cause: 'Two things would have the same name in the generated code.',
    fix: 'Give one of them another name in the document.',
  },
  'name-sanitised': {
    severity: 'warning',
    exit: 3,
    cause: 'A name in the document holds characters that no name in code can have, or is one that is taken.',
    fix: 'Nothing needs to be done; give it a name of letters, digits and hyphens if the one in the code surprises.',
  },
  'name-rejected': {
    severity: 'error',
    exit: 3,
    cause:
      'The name holds invisible or direction-changing characters, which make two different names look alike.',
    fix: 'Remove the characters from the name.',
  },
  'name-confusable': {
    severity: 'warning',
    exit: 3,
    cause: 'Two event names differ only in letters that look alike.',
    fix: 'Check that both are meant.',
  },
  'text-invisible': {
    severity: 'warning',
    exit: 3,
    cause:
      'A text holds invisible or direction-changing characters; the generated code shows them as escapes.',
    fix: 'Remove the characters from the text.',
  },
  'event-extension-invalid': {
    severity: 'error',
    exit: 3,
    cause: 'An `x-event`, `x-signature` or `x-open-enum` is not of the form that is read.',
    fix: 'Write x-event as { product, discriminator: { pointer, value }, deliveryKey: [expressions], contentTypes: [types] }.',
  },
  'header-name-invalid': {
    severity: 'error',
    exit: 3,
    cause: 'A header name holds characters that no HTTP header can have.',
    fix: 'Use letters, digits and hyphens.',
  },
  'catalog-empty': {
    severity: 'error',
    exit: 3,
    cause: 'No channel of the documents has a message with a JSON payload.',
    fix: 'Check that the documents are the ones you meant, and the --products filter.',
  },
  'product-unknown': {
    severity: 'error',
    exit: 2,
    cause: 'The --products filter names a product that no document describes.',
    fix: 'Run `freshworks-gen list` for the products there are.',
  },
});

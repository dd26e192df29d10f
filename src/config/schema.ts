import type { Json, JsonObject } from '../model/json.js';
import { rules } from '../model/change-rules.js';
import { failOn, limits, options, type OptionEntry } from './options.js';

/** The JSON Schema (draft-07) of a configuration, for editors to complete and check by. */
export function configSchema(): JsonObject {
  const kit = Object.fromEntries(options.map((each) => [each.name, optionSchema(each)]));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of freshworks-gen',
    type: 'object',
    properties: {
      $schema: { description: 'The JSON Schema that editors complete by.', type: 'string' },
      ...kit,
      kits: {
        description: 'Several kits. Their options stand in their entries.',
        type: 'array',
        minItems: 1,
        maxItems: limits.kits,
        items: { type: 'object', properties: kit, required: ['out'], additionalProperties: false },
      },
      diff: { $ref: '#/definitions/diff' },
    },
    additionalProperties: false,
    if: { required: ['kits'] },
    then: { properties: Object.fromEntries(options.map(({ name }) => [name, false])) },
    else: { required: ['out'] },
    definitions: { diff: diffSchema },
  };
}

function optionSchema({ kind, meaning, byDefault, choices, mayBeEmpty }: OptionEntry): JsonObject {
  const described = { description: meaning, ...(byDefault !== undefined && { default: byDefault }) };
  if (kind === 'flag') return { ...described, type: 'boolean' };
  const one: JsonObject = choices ? { type: 'string', enum: choices } : text;
  if (kind === 'path') return { ...described, ...one };
  const list: JsonObject = { type: 'array', items: one, ...(!mayBeEmpty && { minItems: 1 }) };
  return { ...described, anyOf: [one, list] as readonly Json[] };
}

/** No empty text, and none with what ends a file name. */
const text: JsonObject = { type: 'string', pattern: '^[^\\u0000]+$' };

const diffSchema: JsonObject = {
  description: 'How kits are compared with what they were.',
  type: 'object',
  properties: {
    failOn: {
      description: 'From which change on `diff` fails.',
      type: 'string',
      enum: failOn,
      default: 'breaking',
    },
    accept: {
      description: 'Changes that are meant.',
      type: 'array',
      maxItems: limits.accept,
      default: [],
      items: {
        type: 'object',
        properties: {
          rule: { description: 'The rule that names the change.', type: 'string', enum: Object.keys(rules) },
          subject: {
            description: 'What changed, as the report names it: `FreshdeskTicket.priority`.',
            ...text,
          },
          reason: { description: 'Why the change is accepted.', type: 'string', pattern: '\\S' },
        },
        required: ['rule', 'subject', 'reason'],
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

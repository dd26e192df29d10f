import { beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { fieldsOf, type Field } from './declared.js';
import { follow, payloadOf, validator } from './payload-schema.js';
import {
  corrections,
  delivery,
  helpdesk,
  published,
  read,
  samples,
  whatsapp,
  type Sample,
} from './shipped.js';

const documents = new Map<string, JsonObject>();

beforeAll(async () => {
  const freshworks = await read(published, [delivery, corrections]);
  for (const product of ['freshdesk', 'freshservice', 'freshchat']) documents.set(product, freshworks);
  documents.set('helpdesk', await read(helpdesk));
  documents.set('whatsapp', await read(whatsapp));
});

/** Bodies whose layout is the user's own: nothing can declare what is in them. */
const ownTemplates = ['freshservice-ticket-updated-own-template.json'];
const described = samples.filter(({ file }) => !ownTemplates.includes(file));

test('there is a sample of every product', () => {
  const products = new Set(samples.map(({ event }) => event.split('/')[0]));
  expect([...products]).toEqual(['freshchat', 'freshdesk', 'freshservice', 'helpdesk', 'whatsapp']);
});

test.each(samples)('$file is accepted as $event', (sample) => {
  const validate = validatorFor(sample);
  expect(validate(sample.payload), JSON.stringify(validate.errors)).toBe(true);
});

test.each(described)('every field of $file is declared', (sample) => {
  const strangers = fieldsFor(sample).filter(({ declared }) => !declared);
  expect(strangers.map(({ path }) => path.join('.'))).toEqual([]);
});

describe('a declared field given a wrong type', () => {
  test.each(['freshchat', 'freshdesk', 'freshservice', 'helpdesk', 'whatsapp'])(
    'is noticed at least nine times in ten: %s',
    (product) => {
      const tried = described
        .filter(({ event }) => event.startsWith(`${product}/`))
        .flatMap((sample) => {
          const validate = validatorFor(sample);
          const typed = fieldsFor(sample).filter((field) => field.typed);
          return typed.flatMap((field) =>
            wrongly(field.value, templated.includes(product)).map((wrong) => ({
              mutant: `${sample.file} ${field.path.join('.')} = ${JSON.stringify(wrong)}`,
              noticed: !validate(replaced(sample.payload, field.path, wrong)),
            })),
          );
        });
      const missed = tried.filter(({ noticed }) => !noticed).map(({ mutant }) => mutant);
      expect(tried.length).toBeGreaterThan(20);
      expect(missed.length / tried.length, missed.join('\n')).toBeLessThanOrEqual(0.1);
    },
  );
});

/** Products whose deliveries follow a template of the user's, which may send digits without quotes. */
const templated = ['freshdesk', 'freshservice'];

/** A value of every JSON type but the value's own. `null` is left out: for most texts it means "there is none". */
function wrongly(value: Json, isTemplated: boolean): readonly Json[] {
  const all: readonly Json[] = ['text', 7.5, true, [], {}];
  return all
    .filter((each) => kind(each) !== kind(value))
    .filter((each) => !(isTemplated && typeof each === 'number' && kind(value) === 'string'));
}

function kind(value: Json): string {
  if (value === null) return 'string';
  return Array.isArray(value) ? 'array' : typeof value;
}

function replaced(payload: Json, path: readonly string[], value: Json): Json {
  const copy = structuredClone(payload) as Record<string, Json>;
  const last = path[path.length - 1] as string;
  const holder = path.slice(0, -1).reduce((inside, key) => inside[key] as Record<string, Json>, copy);
  holder[last] = value;
  return copy;
}

function validatorFor(sample: Sample) {
  const document = documentFor(sample);
  return validator(document, payloadOf(document, sample.event));
}

function fieldsFor(sample: Sample): readonly Field[] {
  const document = documentFor(sample);
  const schema = follow(document, { $ref: payloadOf(document, sample.event) });
  return fieldsOf(document, schema, sample.payload);
}

function documentFor({ event }: Sample): JsonObject {
  return documents.get(event.split('/')[0] as string) as JsonObject;
}

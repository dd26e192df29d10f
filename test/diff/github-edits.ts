import type { Github } from './edited.js';

/** An edit of GitHub's document, and what it means for those who receive the events. */
export interface Edit {
  readonly what: string;
  make(document: Github): void;
  readonly labels: readonly string[];
}

function edit(what: string, make: (document: Github) => void, ...labels: readonly string[]): Edit {
  return { what, make, labels };
}

const text = { type: 'string' };

export const githubEdits: readonly Edit[] = [
  edit('nothing', () => undefined),
  edit(
    'a field gone that every event carries',
    ({ schemas }) => {
      delete schemas['user']!['properties']!['name'];
    },
    'breaking field-removed User.name',
  ),
  edit(
    'a field newly null that every event carries',
    ({ schemas }) => Object.assign(schemas['user']!['properties']!['login']!, { type: ['string', 'null'] }),
    'breaking nullable-added User.login',
  ),
  edit(
    'a new field of something shared',
    ({ schemas }) => Object.assign(schemas['label']!['properties']!, { emoji: text }),
    'safe field-added Label.emoji',
  ),
  edit(
    'a new field of one variant',
    ({ schemas }) => Object.assign(schemas['label.created']!['properties']!, { emoji: text }),
    'risky field-added-to-variant LabelCreated.emoji',
  ),
  edit(
    'a word more for a variant',
    ({ schemas }) =>
      Object.assign(schemas['label.created']!['properties']!['action']!, { enum: ['created', 'made'] }),
    'breaking enum-member-added LabelCreated.action',
  ),
  edit(
    'another word for a variant',
    ({ schemas }) => Object.assign(schemas['label.created']!['properties']!['action']!, { enum: ['made'] }),
    'breaking const-changed LabelCreated.action',
  ),
  edit(
    'a variant gone, with what it is',
    ({ schemas }) => {
      (schemas['label_event']!['oneOf'] as unknown as unknown[]).pop();
      delete schemas['label.edited'];
    },
    'breaking variant-removed LabelEvent | LabelEdited',
  ),
  edit(
    'a variant that says a word of another',
    ({ schemas }) => {
      (schemas['label_event']!['oneOf'] as unknown as unknown[]).push({
        $ref: '#/components/schemas/star.created',
      });
    },
    'breaking variant-added LabelEvent | StarCreated',
  ),
  edit('any of in place of one of, where each has a word of its own', ({ schemas }) => {
    const { oneOf } = schemas['label_event']!;
    schemas['label_event'] = { anyOf: oneOf } as never;
  }),
  edit(
    'an integer that may have a fraction',
    ({ schemas }) => Object.assign(schemas['label']!['properties']!['id']!, { type: 'number' }),
    'risky integer-widened Label.id',
  ),
  edit(
    'a number at least',
    ({ schemas }) => Object.assign(schemas['label']!['properties']!['id']!, { minimum: 1 }),
    'risky constraint-changed Label.id',
  ),
  edit(
    'fields that are not named accepted',
    ({ schemas }) => {
      delete schemas['label']!['additionalProperties'];
    },
    'safe keys-accepted Label[string]',
  ),
  edit(
    'fields that are not named described',
    ({ schemas }) => Object.assign(schemas['label']!, { additionalProperties: text }),
    'risky keys-described Label[string]',
  ),
  edit(
    'so many fields at least',
    ({ schemas }) => Object.assign(schemas['license']!, { minProperties: 5 }),
    'risky constraint-changed License',
  ),
  edit(
    'a field spelt otherwise',
    ({ schemas }) => {
      const { spdx_id: field, ...rest } = schemas['license']!['properties']! as Record<string, unknown>;
      Object.assign(schemas['license']!, {
        properties: { ...rest, spdxId: field },
        required: ['key', 'name', 'spdxId', 'url', 'node_id'],
      });
    },
    'breaking field-renamed License.spdx_id',
  ),
  edit(
    'an object inside that may be absent',
    ({ schemas }) => {
      const hook = schemas['ping_event'] ?? schemas['ping.event'];
      Object.assign(hook!, { required: ['zen', 'hook_id'] });
    },
    'breaking field-optional PingEvent.hook',
  ),
  edit(
    'a field inside an object inside',
    ({ schemas }) => {
      const hook = (schemas['ping_event'] ?? schemas['ping.event'])!['properties']!['hook']!;
      delete hook['properties']!['app_id'];
    },
    'breaking field-removed PingEventHook.app_id',
  ),
  edit(
    'an event gone, with all that it alone carries',
    ({ channels, schemas }) => {
      delete channels['/github/label'];
      for (const name of ['label_event', 'label.created', 'label.deleted', 'label.edited'])
        delete schemas[name];
    },
    'breaking event-removed event github/label',
  ),
  edit(
    'an event that says what another does',
    ({ channels }) => {
      channels['/github/tag'] = { ...channels['/github/label']! };
    },
    'risky event-added event github/tag',
  ),
  edit(
    'a type by another name',
    ({ schemas }) => {
      schemas['licence'] = schemas['license']!;
      delete schemas['license'];
      rename(schemas, 'license', 'licence');
    },
    'breaking type-renamed type License',
  ),
  edit(
    'a type in place of another that reads the same',
    ({ schemas }) => {
      schemas['installation-small'] = structuredClone(schemas['installation-lite']!);
      schemas['label.created']!['properties']!['installation'] = {
        $ref: '#/components/schemas/installation-small',
      } as never;
    },
    'safe type-added type InstallationSmall',
  ),
  edit(
    'a word that means any',
    ({ schemas }) => {
      schemas['user']!['properties']!['type'] = {} as never;
    },
    'breaking type-widened User.type',
  ),
  edit(
    'a field that was of any kind',
    ({ schemas }) => Object.assign(schemas['label']!['properties']!, { color: { enum: ['red', 'blue'] } }),
    'breaking enum-closed Label.color',
  ),
  edit(
    'an event with one variant of what it had, which stays in use',
    ({ schemas, channels }) => {
      Object.assign(schemas['star.created']!['properties']!, {
        about: { $ref: '#/components/schemas/label_event' },
      });
      channels['/github/label'] = { $ref: '#/components/schemas/label.created' } as never;
    },
    'breaking variant-removed LabelEvent | LabelDeleted',
    'breaking variant-removed LabelEvent | LabelEdited',
    'breaking guard-removed type LabelEvent',
    'risky field-added-to-variant StarCreated.about',
    'risky payload-replaced event github/label',
  ),
  edit('all descriptions gone', ({ schemas }) => {
    for (const schema of Object.values(schemas)) undescribe(schema);
  }),
];

function rename(value: unknown, from: string, to: string): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  if (holder['$ref'] === `#/components/schemas/${from}`) holder['$ref'] = `#/components/schemas/${to}`;
  for (const each of Object.values(holder)) rename(each, from, to);
}

function undescribe(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  if (typeof holder['description'] === 'string') delete holder['description'];
  for (const each of Object.values(holder)) undescribe(each);
}

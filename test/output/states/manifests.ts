import { sha256 } from '../../../src/kit/sha256.js';
import { all, kit, record, type Step } from './making.js';
import { byLastWord, edited, manifest, outdated, refused, type State } from './state.js';

/** Without a manifest, what differs has to be overwritten by force. */
const startAgain = { mend: kit.remove(manifest), options: '--spec api/shop.yaml --force' };

const broken: readonly (readonly [what: string, make: Step])[] = [
  ['half of a merge', kit.edit(manifest, (text) => `<<<<<<< ours\n${text}`)],
  ['empty', kit.write(manifest, '')],
  ['a list', kit.write(manifest, '[]')],
  ['200,000 levels deep', kit.write(manifest, '['.repeat(200_000))],
  [
    'wrong in a hash',
    record(({ files }) => {
      files['runtime/body.ts'] = 'x';
    }),
  ],
  [
    'wrong in a stub',
    record(({ stubs }) => {
      stubs['shop/order-paid'] = 5;
    }),
  ],
  ['without its files', record((recorded) => delete (recorded as Partial<typeof recorded>).files)],
];

const paths = [
  '../../package.json',
  '/etc/hostname',
  'C:/x.ts',
  'handlers/shop.ts',
  'a/../../x',
  '.git/config',
  '',
];

const sets = (name: string, value: unknown) =>
  record(({ options }) => {
    options[name] = value;
  });

/** What the shipped documents, in place of those that the manifest recorded, have to say of the kit. */
const shipped = ['freshchat', 'freshdesk', 'freshservice', 'helpdesk', 'whatsapp'];
const without = [
  'runtime/fields.ts',
  ...['handlers', 'payloads', 'schemas', 'validators'].flatMap((folder) =>
    shipped.map((name) => `${folder}/${name}.ts`),
  ),
];
const inTheWay = [
  ...['.gitattributes', 'collected-handlers.ts', 'events.ts', 'index.ts', 'samples.ts'],
  ...['validators/compiled.ts', 'validators/index.ts'],
];

export const manifests: readonly State[] = [
  {
    name: 'the manifest is larger than any kit’s',
    make: kit.edit(manifest, (text) => text + ' '.repeat(17 * 2 ** 20)),
    ...refused('output-too-large', startAgain),
  },
  {
    name: 'the manifest is gone, and with it the options',
    make: kit.remove(manifest),
    check: [
      4,
      'manifest-missing',
      ...[...without.map((path) => `missing ${path}`), ...inTheWay.map((path) => `foreign ${path}`)].sort(
        byLastWord,
      ),
      `missing ${manifest}`,
    ],
    generate: [2, 'manifest-missing'],
    wayOut: { options: '--spec api/shop.yaml' },
  },
  {
    name: 'the manifest is gone, and the options are given',
    make: kit.remove(manifest),
    options: '--spec api/shop.yaml',
    check: [4, `missing ${manifest}`],
    generate: [0],
    writes: [`+ ${manifest}`],
  },
  {
    name: 'the manifest is of a newer format',
    make: record((recorded) => {
      recorded.manifest = 2;
    }),
    ...refused('manifest-newer', {
      mend: record((recorded) => {
        recorded.manifest = 1;
      }),
    }),
  },
  {
    name: 'the manifest is of another version of the generator',
    make: record((recorded) => {
      recorded.generator = '99.0.0';
    }),
    ...outdated(),
  },
  ...broken.map(([what, make]): State => ({
    name: `the manifest is ${what}`,
    make,
    ...refused('manifest-broken', startAgain),
  })),
  ...paths.map((path): State => ({
    name: `the manifest lists ${JSON.stringify(path)}`,
    make: record(({ files }) => {
      files[path] = sha256('{ "type": "module", "private": true }\n');
    }),
    ...refused('manifest-path', startAgain),
  })),
  {
    name: 'the manifest lists a file twice',
    make: kit.edit(manifest, (text) => text.replace(/ {4}"runtime\/body.ts".*\n/, '$&$&')),
    ...outdated(),
  },
  {
    name: 'the manifest lists a file that never was',
    make: record(({ files }) => {
      files['never.ts'] = sha256('');
    }),
    ...outdated(),
  },
  {
    name: 'the manifest lists somebody else’s file, which it does not know',
    make: all(
      kit.write('notes.md', 'mine'),
      record(({ files }) => {
        files['notes.md'] = sha256('theirs');
      }),
    ),
    ...edited('notes.md'),
    check: [4, 'edited notes.md', `changed ${manifest}`],
    wayOut: { mend: kit.remove('notes.md') },
  },
  {
    name: 'the manifest no longer lists a file',
    make: record(({ files }) => delete files['runtime/body.ts']),
    ...outdated(),
  },
  {
    name: 'the manifest has an option of the wrong form',
    make: sets('spec', '../../api/shop.yaml'),
    ...refused('option-invalid', { options: '--spec api/shop.yaml' }),
  },
  { name: 'the manifest has an option that nobody knows', make: sets('colour', 'red'), ...outdated() },
];

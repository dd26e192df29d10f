import { out } from '../project.js';
import { move, nothing, write } from './making.js';
import { outdated, refused, upToDate, warned, type State } from './state.js';

/** What any change of the layout or of the imports reaches. */
const most = [
  'collected-handlers.ts',
  'events.ts',
  ...[
    ...[
      'adapters/node',
      'answers',
      'body',
      'callbacks',
      'entries',
      'form',
      'handling',
      'hooks',
      'inbox',
      'keys',
      'node-body',
      'node-http',
      'options',
      'receiver',
      'refusals',
    ],
    ...['routing', 'signatures', 'standard-schema', 'validation'],
  ].map((name) => `runtime/${name}.ts`),
  'testing.ts',
  'validators/compiled.ts',
  'validators/index.ts',
];
const laidOut = [
  ...most,
  ...['deduplicate', 'formats', 'hmac', 'json-schema', 'storing', 'text', 'values'].map(
    (name) => `runtime/${name}.ts`,
  ),
  ...['schemas/returns.ts', 'schemas/shop.ts'],
];

/** All that there is to a kit. */
const whole = [
  '.freshworks-gen.json',
  '.gitattributes',
  ...[
    ...laidOut,
    'handlers/returns.ts',
    'handlers/shop.ts',
    'index.ts',
    'payloads/returns.ts',
    'payloads/shop.ts',
    'samples.ts',
  ],
  ...['validators/returns.ts', 'validators/shop.ts'],
].sort();

export const surroundings: readonly State[] = [
  {
    name: 'a .prettierrc came',
    make: write('.prettierrc', 'singleQuote: true\n'),
    ...outdated(...laidOut, 'index.ts'),
  },
  {
    name: 'an .editorconfig came',
    make: write('.editorconfig', '[*.ts]\nindent_style = tab\n'),
    ...outdated(...laidOut, 'payloads/returns.ts', 'payloads/shop.ts'),
  },
  {
    name: 'a .prettierrc came into a folder of the kit',
    make: write(`${out}/payloads/.prettierrc`, 'semi: false\n'),
    ...outdated('payloads/returns.ts', 'payloads/shop.ts'),
  },
  {
    name: 'a Prettier configuration came that is a program',
    make: write('prettier.config.js', 'process.exit(0);\n'),
    check: [0, 'prettier-config-code'],
    generate: [0, 'prettier-config-code'],
  },
  {
    name: 'a tsconfig.json came that wants no ending on imports',
    make: write('tsconfig.json', '{ "compilerOptions": { "moduleResolution": "bundler" } }'),
    ...warned(outdated(...most, 'index.ts', 'samples.ts', 'validators/returns.ts', 'validators/shop.ts'), [
      'handler-import-ending',
      'handler-import-ending',
    ]),
  },
  { name: 'the kit was renamed', make: move(out, 'src/hooks'), options: '--out src/hooks', ...upToDate },
  {
    name: 'the kit was moved to another depth',
    make: move(out, 'lib/server/src/events'),
    options: '--out lib/server/src/events',
    ...refused('recorded-missing', { options: '--spec api/shop.yaml' }),
  },
  {
    name: 'the kit is looked for where it is not',
    make: nothing,
    options: '--out src/hooks --spec api/shop.yaml',
    check: [4, 'kit-missing'],
    generate: [0],
    writes: whole.map((path) => `+ src/hooks/${path}`),
  },
];

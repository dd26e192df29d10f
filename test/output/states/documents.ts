import { join } from 'node:path';
import { checkOutWithCrlf } from '../project.js';
import { shop, shopWithoutReturns } from '../shop.js';
import { move, nothing, remove } from './making.js';
import {
  anEventMore,
  byLastWord,
  document,
  gainAnEvent,
  manifest,
  outdated,
  refused,
  restoreTheDocument,
  upToDate,
  type State,
} from './state.js';

/** The product of returned parcels goes, and what it kept: `said` of its handlers is up to the row. */
function withoutReturns(...said: readonly string[]): Omit<State, 'name' | 'make'> {
  const others = [
    ...['.gitattributes', 'collected-handlers.ts', 'events.ts', 'index.ts', 'samples.ts'],
    ...['validators/compiled.ts', 'validators/index.ts'],
  ];
  const its = ['payloads/returns.ts', 'schemas/returns.ts', 'validators/returns.ts'];
  const found = [...others.map((path) => `changed ${path}`), ...its.map((path) => `orphaned ${path}`)];
  const done = [manifest, ...others].map((path) => `~ ${path}`);
  return {
    check: [4, ...said, ...found.sort(byLastWord), `changed ${manifest}`],
    generate: [0, ...said],
    writes: [...done, ...its.map((path) => `- ${path}`)].sort(byLastWord),
  };
}

export const documents: readonly State[] = [
  { name: 'nothing happened', make: nothing, ...upToDate },
  { name: 'the document gained an event', make: gainAnEvent, ...anEventMore },
  {
    name: 'the document lost a product, whose handlers are the user’s to remove',
    make: document(shopWithoutReturns),
    ...withoutReturns('handler-orphaned'),
  },
  {
    name: 'the document says the same with a comment more',
    make: document(`# A comment.\n${shop}`),
    ...outdated(),
  },
  {
    name: 'the document was checked out with CRLF',
    make: (project) => {
      checkOutWithCrlf(join(project, 'api'));
    },
    ...upToDate,
  },
  {
    name: 'the document is gone',
    make: remove('api/shop.yaml'),
    ...refused('recorded-missing', { mend: restoreTheDocument }),
  },
  {
    name: 'the document was renamed',
    make: move('api/shop.yaml', 'api/store.yaml'),
    ...refused('recorded-missing', { options: '--spec api/store.yaml' }),
  },
  {
    name: 'the document is broken',
    make: document('asyncapi: 2.6.0\n'),
    check: [3, 'asyncapi-invalid'],
    generate: [3, 'asyncapi-invalid'],
    wayOut: { mend: restoreTheDocument },
  },
  {
    name: 'other options are given',
    make: nothing,
    options: '--products shop',
    ...withoutReturns('handler-left-out'),
  },
];

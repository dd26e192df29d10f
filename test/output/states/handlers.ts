import { join } from 'node:path';
import { checkOutWithCrlf, out } from '../project.js';
import { all, kit, type Step } from './making.js';
import {
  anEventMore,
  gainAnEvent,
  missing,
  outdated,
  refused,
  upToDate,
  warned,
  type State,
} from './state.js';

const stub = /\/\*\*(?:(?!\/\*\*)[^])*onOrderPaid: .*\n(?: .*\n)?/;
const appended = (text: string) => kit.edit('handlers/shop.ts', (before) => `${before}${text}\n`);
const checkOutHandlersWithCrlf: Step = (project) => {
  checkOutWithCrlf(join(project, out, 'handlers'));
};

export const handlers: readonly State[] = [
  {
    name: 'a stub was replaced, with the user’s own things beside it',
    make: all(
      kit.edit('handlers/shop.ts', (text) => text.replace(stub, 'export const onOrderPaid = ignore;\n')),
      kit.edit('handlers/shop.ts', (text) => text.replace('{ unhandled,', '{ ignore, unhandled,')),
      appended('export const mine = 1; // päth ✓'),
    ),
    ...upToDate,
  },
  {
    name: 'a stub was moved away',
    make: kit.edit('handlers/shop.ts', (text) => text.replace(stub, '')),
    ...warned(outdated('collected-handlers.ts'), ['handler-missing']),
  },
  {
    name: 'a handler file is gone',
    make: kit.remove('handlers/returns.ts'),
    ...missing('handlers/returns.ts'),
  },
  {
    name: 'all handlers are gone',
    make: kit.remove('handlers'),
    ...missing('handlers/returns.ts', 'handlers/shop.ts'),
  },
  {
    name: 'a handler file is not UTF-8',
    make: kit.write('handlers/shop.ts', Buffer.from([0xe9])),
    ...refused('handler-encoding', { mend: kit.remove('handlers/shop.ts') }),
  },
  { name: 'a handler file is broken, and no stub is due', make: appended('function mine() {'), ...upToDate },
  {
    name: 'a stub is due in a file with CRLF',
    make: all(checkOutHandlersWithCrlf, gainAnEvent),
    ...anEventMore,
  },
  {
    name: 'a stub is due in a file with a syntax error that leaves it whole',
    make: all(appended('const mine = ;'), gainAnEvent),
    ...anEventMore,
  },
  ...['const mine = `', 'function mine() {'].map((start): State => ({
    name: `a stub is due behind an open \`${start}\``,
    make: all(appended(start), gainAnEvent),
    ...refused('handler-syntax', {
      mend: kit.edit('handlers/shop.ts', (text) => text.replace(`${start}\n`, '')),
    }),
  })),
];

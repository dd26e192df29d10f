/**
 * How long the compiler takes for a file that uses a kit, beside a file with nothing in it, in a project with Node's types.
 *
 *     node bench/types.mjs [rounds]
 */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { newKit, root, workplace } from './package.mjs';
import { compare, node } from './time.mjs';

const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
const kit = newKit();
const types = join(workplace, 'node_modules/@types');
mkdirSync(types);
symlinkSync(join(root, 'node_modules/@types/node'), join(types, 'node'));
symlinkSync(join(root, 'node_modules/undici-types'), join(workplace, 'node_modules/undici-types'));

const using = `import { createReceiver, dangerouslyUnverified, ignoringRest } from './events/index.js';

const unverified = dangerouslyUnverified();
export const receiver = createReceiver({
  handlers: ignoringRest({
    'freshdesk/ticket-created': ({ payload }) => console.log(payload.freshdesk_webhook?.ticket_id),
    'whatsapp/outbound-message': ({ payload }) => console.log(payload.data.status),
  }),
  verify: {
    freshchat: unverified,
    freshdesk: unverified,
    freshservice: unverified,
    helpdesk: unverified,
    whatsapp: unverified,
  },
});
`;

const empty = 'an empty file';
compare('Type checking', Number(process.argv[2] ?? 7), {
  [empty]: [check(project('empty', 'export {};\n'))],
  'a file that uses the kit': [check(project('using', using)), empty],
});

function project(name, text) {
  const folder = join(workplace, name);
  mkdirSync(folder);
  cpSync(kit, join(folder, 'events'), { recursive: true });
  writeFileSync(join(folder, 'main.ts'), text);
  const compilerOptions = {
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    types: ['node'],
    skipLibCheck: true,
    noEmit: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
  return folder;
}

function check(folder) {
  return () => node(dirname(folder), [compiler, '-p', folder]);
}

/**
 * How long commands take, each beside what it cannot do without: a cold `generate` of everything beside a script that loads
 * @asyncapi/parser and parses the published document; `--help`, and a `check` and a `generate` that find nothing new beside
 * an empty program.
 *
 *     node bench/start.mjs [rounds]
 */
import { join } from 'node:path';
import { command, newFolder, newKit, root, specs, workplace } from './package.mjs';
import { compare, node, parserAlone } from './time.mjs';

const kit = newKit();
const run = (...args) => node(workplace, [command, ...args]);
const empty = 'node -e 0';
const parser = 'load @asyncapi/parser, parse one document';

compare('Commands', Number(process.argv[2] ?? 9), {
  [empty]: [() => node(workplace, ['-e', '0'])],
  'freshworks-gen --help': [() => run('--help'), empty],
  'freshworks-gen check, unchanged': [() => run('check', '--out', kit), empty],
  'freshworks-gen generate, unchanged': [() => run('generate', '--out', kit), empty],
  [parser]: [() => parserAlone(join(specs, 'freshworks.asyncapi.yaml'), root)],
  'freshworks-gen generate, cold': [() => run('generate', '--out', newFolder()), parser],
  'freshworks-gen check, nothing remembered': [
    () => node(workplace, [command, 'check', '--out', kit], { FRESHWORKS_GEN_CACHE: 'off' }),
    parser,
  ],
});

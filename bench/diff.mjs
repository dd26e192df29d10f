/**
 * How long it takes to compare two documents of a thousand events beside @asyncapi/parser alone on both, and what a manifest
 * grows by to be compared with.
 *
 *     node bench/diff.mjs [rounds]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { githubDocument } from '../test/documents/github.mjs';
import { installed, newKit, root, workplace } from './package.mjs';
import { recordsDocument } from './records.mjs';
import { table } from './table.mjs';
import { compare, node, parserAlone } from './time.mjs';

const before = recordsDocument(1000);
const after = structuredClone(before);
for (const [index, schema] of Object.values(after.components.schemas).entries()) {
  const [first, second] = Object.keys(schema.properties);
  if (index % 10 === 0) delete schema.properties[second];
  if (index % 10 === 1) schema.properties[first] = { type: 'object', properties: { id: { type: 'string' } } };
}
const documents = [file('before.json', before), file('after.json', after)];

const program = `
  const { diff } = await import(process.argv[1]);
  const { changes } = await diff({ base: process.argv[2], head: process.argv[3] });
  if (changes.length === 0) process.exit(1);
`;
const library = pathToFileURL(join(installed, 'dist/index.js')).href;

compare('Two documents of 1,000 events', Number(process.argv[2] ?? 3), {
  'the parser alone': [() => parserAlone(documents, root)],
  'freshworks-gen diff': [
    () => node(workplace, ['--input-type=module', '-e', program, library, ...documents]),
    'the parser alone',
  ],
});

table('Manifests, in KiB', [
  ['', 'without', 'with', 'longest line'],
  ...Object.entries({
    'the shipped documents': [],
    '1,000 events': ['--spec', documents[0]],
    'GitHub’s webhooks': ['--spec', file('github.json', githubDocument())],
  }).map(([name, options]) => {
    const text = readFileSync(join(newKit(...options), '.freshworks-gen.json'), 'utf8');
    const { contract, ...rest } = JSON.parse(text);
    if (contract === undefined) throw new Error(`${name}: the manifest holds no contract`);
    const lines = text.split('\n').map(({ length }) => length);
    return [
      name,
      ...[`${JSON.stringify(rest, undefined, 2)}\n`.length, text.length, Math.max(...lines)].map(kib),
    ];
  }),
]);

function kib(bytes) {
  return (bytes / 1024).toFixed(1);
}

function file(name, document) {
  const path = join(workplace, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

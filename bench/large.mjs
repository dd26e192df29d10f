/**
 * How long a cold `generate` of large documents takes beside @asyncapi/parser alone on the same document: a hundred and a
 * thousand events of twenty fields, and GitHub's webhooks as their published schemas have them.
 *
 *     node bench/large.mjs [rounds]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { githubDocument } from '../test/documents/github.mjs';
import { command, newFolder, root, workplace } from './package.mjs';
import { recordsDocument } from './records.mjs';
import { compare, node, parserAlone } from './time.mjs';

const documents = {
  '100 events': file('100.json', JSON.stringify(recordsDocument(100))),
  '1,000 events': file('1000.json', JSON.stringify(recordsDocument(1000), { aliasDuplicateObjects: false })),
  '1,000 events in YAML': file(
    '1000.yaml',
    stringify(recordsDocument(1000), { aliasDuplicateObjects: false }),
  ),
  'GitHub’s webhooks': file('github.json', JSON.stringify(githubDocument())),
};

compare(
  'Large documents',
  Number(process.argv[2] ?? 3),
  Object.fromEntries(
    Object.entries(documents).flatMap(([name, path]) => [
      [`${name}, the parser alone`, [() => parserAlone(path, root)]],
      [
        `${name}, freshworks-gen generate`,
        [
          () => node(workplace, [command, 'generate', '--spec', path, '--out', newFolder()]),
          `${name}, the parser alone`,
        ],
      ],
    ]),
  ),
);

function file(name, text) {
  const path = join(workplace, name);
  writeFileSync(path, text);
  return path;
}

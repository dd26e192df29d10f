/**
 * What a reviewer reads after a small change: one property is added to one schema of the published document, and the lines
 * that differ are counted, file by file.
 *
 *     node bench/change.mjs
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffLines } from 'diff';
import { newKit, specs, workplace } from './package.mjs';
import { table } from './table.mjs';

const published = readFileSync(join(specs, 'freshworks.asyncapi.yaml'), 'utf8');
const changes = new Map([
  [
    'FreshdeskTicketPayload, ticket_mood',
    [
      /^( +)ticket_subject:\n/m,
      '$1ticket_mood:\n$1  type: string\n$1  description: How the customer feels.\n$&',
    ],
  ],
  [
    'Freshchat message, mood',
    [/^( +)conversation_id:\n/m, '$1mood:\n$1  type: string\n$1  description: How the customer feels.\n$&'],
  ],
]);

function kitOf(document) {
  const folder = join(workplace, `spec-${Math.random().toString(36).slice(2)}`);
  mkdirSync(folder);
  const spec = join(folder, 'freshworks.asyncapi.yaml');
  writeFileSync(spec, document);
  const out = newKit(
    '--spec',
    spec,
    '--spec',
    join(specs, 'helpdesk.asyncapi.yaml'),
    '--spec',
    join(specs, 'whatsapp.asyncapi.yaml'),
  );
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => [
      join(parentPath, name).slice(out.length + 1),
      readFileSync(join(parentPath, name), 'utf8'),
    ]),
  );
}

const before = kitOf(published);
const rows = [['', 'added', 'removed']];
for (const [what, [place, text]] of changes) {
  const changed = published.replace(place, text);
  if (changed === published) throw new Error(`the document has no place for ${what}`);
  for (const [path, code] of kitOf(changed)) {
    if (path === '.freshworks-gen.json' || code === before.get(path)) continue;
    const parts = diffLines(before.get(path) ?? '', code);
    const lines = (key) => parts.filter((part) => part[key]).reduce((sum, { count }) => sum + count, 0);
    rows.push([`${what}: ${path}`, `${lines('added')}`, `${lines('removed')}`]);
  }
}
table('Lines that differ after one property more (the manifest aside)', rows);

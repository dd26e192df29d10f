import { join } from 'node:path';
import { describe as suite, expect, test, vi } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import type { Entry } from '../../src/diagnostics/entry.js';
import { describe } from '../../src/app/generate.js';
import { folder } from '../load/folder.js';
import { sample } from '../sample.js';

vi.setConfig({ testTimeout: 60_000 });

const indented = (text: string) => text.replace(/^/gm, '    ');

/** A document whose one payload is a ticket. */
const document = (schemas: string) => `asyncapi: 3.0.0
info: { title: Shop, version: '1', x-title: Shop }
channels:
  sold:
    messages: { sold: { payload: { $ref: '#/components/schemas/Ticket' } } }
components:
  schemas:
${indented(schemas)}
`;

const overlay = (actions: string) => `overlay: 1.1.0
info: { title: Changes, version: '1' }
actions:
${actions}
`;

/** The codes of what is found where the lines of an example are schemas of a document, or actions of an overlay. */
async function found(lines: string): Promise<readonly string[]> {
  const changes = lines.startsWith('- ');
  const root = folder({
    'shop.yaml': document(changes ? 'Ticket: { type: object }' : lines),
    'ticket.yaml': 'Ticket: { type: object }',
    'changes.yaml': overlay(changes ? lines : '- { target: $.info, update: {} }'),
  });
  const asked = {
    cwd: root,
    spec: [join(root, 'shop.yaml')],
    overlay: changes ? [join(root, 'changes.yaml')] : [],
  };
  try {
    return (await describe(asked)).diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(({ code }) => code);
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

const examples = Object.entries<Entry>(catalogue).flatMap(([code, { example }]) =>
  example ? [[code, example] as const] : [],
);

suite('the example of', () => {
  test.each(sample(examples, 20))(
    '%s has the finding before, and after it nothing',
    async (code, { before, after }) => {
      expect(await found(before)).toContain(code);
      expect(await found(after)).toEqual([]);
    },
  );
});

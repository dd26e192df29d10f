import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { loadKit } from '../../src/app/live-kit.js';
import type { LiveKit } from '../../src/delivery/live-kit.js';
import { filesIn, observationsIn } from '../../src/infer/read.js';
import { folder } from '../load/folder.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let kit: LiveKit;
beforeAll(async () => {
  kit = await loadKit();
});

const event = 'freshdesk/ticket-created';
const ticket = (plant: string) => JSON.stringify({ freshdesk_webhook: { ticket_cf_plant: plant } });
const form = (plant: string) => `freshdesk_webhook%5Bticket_cf_plant%5D=${plant}`;
const day = '2026-03-04';
const entry = (postData: object | undefined, url = `https://a.test/${event}`) => ({
  startedDateTime: `${day}T10:00:00.000Z`,
  request: { method: 'POST', url, ...(postData && { postData }) },
});
const archive = (...entries: readonly unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });
const jsonData = (plant: string) => ({ mimeType: 'application/json', text: ticket(plant) });
const long = JSON.stringify({ a: 'a'.repeat(2 ** 20) });

interface Row {
  readonly file: string;
  readonly text: string | Buffer;
  /** The plants that are read, in their order. */
  readonly plants?: readonly string[];
  /** What is found, with its line. */
  readonly found?: readonly string[];
}

const rows: Readonly<Record<string, Row>> = {
  JSON: { file: 'a.json', text: ticket('Oslo'), plants: ['Oslo'] },
  'JSON after a byte order mark': { file: 'a.json', text: `\uFEFF${ticket('Oslo')}`, plants: ['Oslo'] },
  'an ending in capitals': { file: 'A.JSON', text: ticket('Oslo'), plants: ['Oslo'] },
  'an empty file': { file: 'a.json', text: '' },
  'half of JSON': { file: 'a.json', text: '{"freshdesk_webhook":', found: ['infer-delivery-unreadable 1'] },
  'bytes that are no text': {
    file: 'a.json',
    text: Buffer.from([0x7b, 0xff, 0xfe]),
    found: ['infer-delivery-unreadable 1'],
  },
  'JSON Lines': {
    file: 'a.jsonl',
    text: `${ticket('Oslo')}\n${ticket('Bergen')}\n`,
    plants: ['Oslo', 'Bergen'],
  },
  'JSON Lines with CRLF, blank lines, and no end of the last one': {
    file: 'a.ndjson',
    text: `\r\n${ticket('Oslo')}\r\n \t\r\n${ticket('Bergen')}`,
    plants: ['Oslo', 'Bergen'],
  },
  'a line that is broken, and one that is too long': {
    file: 'a.jsonl',
    text: `{"a":\n${long}\n${ticket('Oslo')}\n`,
    plants: ['Oslo'],
    found: ['infer-delivery-unreadable 1', 'infer-delivery-unreadable 2'],
  },
  'lines deeper than any delivery': {
    file: 'a.jsonl',
    text: `${'['.repeat(200_000)}\n${ticket('Oslo')}\n`,
    plants: ['Oslo'],
    found: ['infer-delivery-unreadable 1'],
  },
  'a name that is the prototype of objects': {
    file: 'a.jsonl',
    text: `{"__proto__":{"plant":1}}\n${ticket('Oslo')}\n`,
    plants: ['', 'Oslo'],
  },
  'a form': { file: 'a.form', text: form('Oslo'), plants: ['Oslo'] },
  'a form under another ending': { file: 'a.urlencoded', text: form('Oslo'), plants: ['Oslo'] },
  'a form as text': { file: 'a.txt', text: form('Oslo'), plants: ['Oslo'] },
  'JSON as text': { file: 'a.txt', text: `\n ${ticket('Oslo')}`, plants: ['Oslo'] },
  'text of neither kind': { file: 'a.txt', text: 'Dear team', found: ['infer-delivery-unreadable 1'] },
  'an archive': {
    file: 'a.har',
    text: archive(entry(jsonData('Oslo')), entry(undefined), entry(jsonData('Bergen'))),
    plants: ['Oslo', 'Bergen'],
  },
  'an archive that is called JSON': {
    file: 'a.json',
    text: archive(entry(jsonData('Oslo'))),
    plants: ['Oslo'],
  },
  'a body in base64, and one that was taken apart': {
    file: 'a.har',
    text: archive(
      entry({
        mimeType: 'application/json',
        encoding: 'base64',
        text: Buffer.from(ticket('Oslo')).toString('base64'),
      }),
      entry({
        mimeType: 'application/x-www-form-urlencoded',
        params: [{ name: 'freshdesk_webhook[ticket_cf_plant]', value: 'Bergen' }],
      }),
    ),
    plants: ['Oslo', 'Bergen'],
  },
  'entries that are none': {
    file: 'a.har',
    text: archive(null, 7, {}, { request: [] }, entry({ text: 7 }), entry(jsonData('Oslo'))),
    plants: ['Oslo'],
  },
  'an archive of another form': {
    file: 'a.har',
    text: ticket('Oslo'),
    found: ['infer-delivery-unreadable 1'],
  },
};

test.for(Object.entries(rows))('%s', async ([, { file, text, plants = [], found = [] }]) => {
  const root = folder({});
  writeFileSync(join(root, file), text);
  const findings: string[] = [];
  const read: string[] = [];
  const observations = observationsIn(await filesIn(['.'], root), {
    kit,
    event,
    cwd: root,
    find: (code, _message, origin) => findings.push(`${code} ${origin?.line}`),
  });
  for await (const { event: name, payload, origin } of observations) {
    expect(name).toBe(event);
    expect(origin.file).toBe(file);
    const { freshdesk_webhook: inner } = payload as { freshdesk_webhook?: { ticket_cf_plant: string } };
    read.push(inner?.ticket_cf_plant ?? '');
  }
  expect(read).toEqual(plants);
  expect(findings).toEqual(found);
});

test('an entry of an archive says its event and its day', async () => {
  const root = folder({ 'a.har': archive(entry(jsonData('Oslo'))) });
  const read = [];
  for await (const each of observationsIn(await filesIn(['a.har'], root), {
    kit,
    cwd: root,
    find: (_code, message) => {
      throw new Error(message);
    },
  }))
    read.push([each.event, each.day]);
  expect(read).toEqual([[event, day]]);
});

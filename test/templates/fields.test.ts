import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../sample.js';
import {
  parseFreshdeskDate,
  parseTags,
  parseTriggeredEvent,
  textOf,
  ticketNumber,
} from '../../templates/runtime/fields.js';

describe('parseTriggeredEvent', () => {
  test.each([
    ['{ticket_action:created}', { field: 'ticket_action', value: 'created' }],
    ['{status:{from:4,to:6}}', { field: 'status', from: '4', to: '6' }],
    ['{priority:{from:3,to:1}}', { field: 'priority', from: '3', to: '1' }],
    ['{note_type:private}', { field: 'note_type', value: 'private' }],
    ['{reply_sent:sent}', { field: 'reply_sent', value: 'sent' }],
    ['{responder_id:{from:,to:5000123}}', { field: 'responder_id', from: '', to: '5000123' }],
    ['{responder_id:}', { field: 'responder_id', value: '' }],
    [' { status : { from : 4 , to : 6 } } ', { field: 'status', from: '4', to: '6' }],
    [
      '{ticket_type:{from:Question, really,to:Problem: big}}',
      { field: 'ticket_type', from: 'Question, really', to: 'Problem: big' },
    ],
    ['{note_type: private }', { field: 'note_type', value: 'private' }],
    ['x{note_type:private}', undefined],
    ['{note_type:private}x', undefined],
    ['{status:x{from:4,to:6}}', undefined],
    ['{status:{from:4,to:6}x}', undefined],
    ['{ticket_type:{from:a,to:b,to:c}}', undefined],
    ['{status:{from:4}}', undefined],
    ['{status:{to:4}}', undefined],
    ['{status:{from:{},to:4', undefined],
    ['{status}', undefined],
    ['{}', undefined],
    ['{:x}', undefined],
    ['ticket_action:created', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j', (text, event) => {
    expect(parseTriggeredEvent(text)).toEqual(event);
  });

  test('finishes on a megabyte of anything', () => {
    for (const unit of ['{', '}', ' ', ':', ',', ',to:', '{a:', '{from:', 'a']) {
      for (const start of ['', '{', '{a:', '{a:{from:']) parseTriggeredEvent(start + unit.repeat(200_000));
      parseTriggeredEvent(`{a:{from:${unit.repeat(200_000)}}}`);
    }
  });
});

describe('parseFreshdeskDate', () => {
  test.each([
    ['March 23 2016 at 10:06 AM', 'UTC', '2016-03-23T10:06:00.000Z'],
    ['March 23 2016 at 10:06 AM', '+05:30', '2016-03-23T04:36:00.000Z'],
    ['March 23 2016 at 10:06 AM', '-0800', '2016-03-23T18:06:00.000Z'],
    ['March 23 2016 at 10:06 AM', 'America/New_York', '2016-03-23T14:06:00.000Z'],
    ['January 5 2016 at 10:06 AM', 'America/New_York', '2016-01-05T15:06:00.000Z'],
    ['July 10 2023 at 05:00 PM EDT', 'America/New_York', '2023-07-10T21:00:00.000Z'],
    ['July 10 2023 at 05:00 PM UTC', 'America/New_York', '2023-07-10T17:00:00.000Z'],
    ['July 10 2023 at 05:00 PM +0200', 'America/New_York', '2023-07-10T15:00:00.000Z'],
    ['Jul 1, 2023 at 5:00pm', 'Asia/Kolkata', '2023-07-01T11:30:00.000Z'],
    ['May 1 2023 at 12:00 AM', 'UTC', '2023-05-01T00:00:00.000Z'],
    ['May 1 2023 at 12:30 PM', 'UTC', '2023-05-01T12:30:00.000Z'],
    ['2016-03-23T10:06:00Z', 'Asia/Kolkata', '2016-03-23T10:06:00.000Z'],
    ['2016-03-23T10:06:00.123456789-07:00', 'UTC', '2016-03-23T17:06:00.123Z'],
    ['2016-03-23T10:06:00.5Z', 'UTC', '2016-03-23T10:06:00.500Z'],
    [' 2016-03-23T10:06Z\n', 'UTC', '2016-03-23T10:06:00.000Z'],
    ['2016-03-23T10:06:00+0530', 'UTC', '2016-03-23T04:36:00.000Z'],
    ['2016-03-23 10:06:00 UTC', 'Asia/Kolkata', '2016-03-23T10:06:00.000Z'],
    ['2016-03-23T10:06:00', 'Asia/Kolkata', '2016-03-23T04:36:00.000Z'],
    ['2016-03-23', 'Asia/Kolkata', '2016-03-22T18:30:00.000Z'],
    // The hour that New York skips, the hour that it has twice, and Lord Howe's half an hour of summer time.
    ['March 10 2024 at 02:30 AM', 'America/New_York', '2024-03-10T07:30:00.000Z'],
    ['March 10 2024 at 03:00 AM', 'America/New_York', '2024-03-10T07:00:00.000Z'],
    ['November 3 2024 at 01:30 AM', 'America/New_York', '2024-11-03T05:30:00.000Z'],
    ['November 3 2024 at 02:00 AM', 'America/New_York', '2024-11-03T07:00:00.000Z'],
    ['April 7 2024 at 01:45 AM', 'Australia/Lord_Howe', '2024-04-06T14:45:00.000Z'],
  ])('%s in %s', (text, zone, expected) => {
    expect(parseFreshdeskDate(text, zone)?.toISOString()).toBe(expected);
  });

  test.each([
    'February 30 2016 at 10:06 AM',
    'February 29 2023 at 10:06 AM',
    'Marvel 23 2016 at 10:06 AM',
    'March 23 2016 at 13:06 PM',
    'March 23 2016 at 00:06 AM',
    'March 23 2016 at 10:60 AM',
    'March 0 2016 at 10:06 AM',
    'March 23 16 at 10:06 AM',
    'March 23 2016',
    'on March 23 2016 at 10:06 AM',
    '1March 23 2016 at 10:06 AM',
    'March 23 2016 at 10:06 AM, EDT',
    '2016-13-01T00:00:00Z',
    '2016-02-30',
    '2016-01-32',
    '2016-01-00',
    '2016-00-01',
    '2016-01-01T24:00:00Z',
    '2016-01-01T00:60:00Z',
    '2016-01-01T00:00:60Z',
    '0050-01-01T00:00:00Z',
    '1458727560',
    'yesterday',
    '',
    null,
    undefined,
  ])('%j is no date', (text) => {
    expect(parseFreshdeskDate(text, 'UTC')).toBeUndefined();
  });

  test.each(['', 'Mars/Olympus', '+25:00', 'x+05:30', '+05:300', 'xUTC', 'UTCx', undefined])(
    '%j is no zone',
    (zone) => {
      expect(() => parseFreshdeskDate('2016-01-01', zone as string)).toThrow(RangeError);
    },
  );

  test('reads back what any zone shows of any minute, but for the hour that comes twice', () => {
    const zones = fc.constantFrom(
      'UTC',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Europe/Berlin',
      'America/Sao_Paulo',
    );
    const minutes = fc.integer({ min: Date.UTC(1980) / 60_000, max: Date.UTC(2035) / 60_000 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const date = new Date(minute * 60_000);
        const show = (shown: Date) =>
          new Intl.DateTimeFormat('en-US', {
            timeZone: zone,
            month: 'long',
            day: 'numeric',
            year: 'numeric',
            hour: '2-digit',
            minute: '2-digit',
            hour12: true,
          })
            .formatToParts(shown)
            .reduce((parts, { type, value }) => parts.set(type, value), new Map<string, string>());
        const parts = show(date);
        const part = (name: string) => parts.get(name) ?? '';
        const text = `${part('month')} ${part('day')} ${part('year')} at ${part('hour')}:${part('minute')} ${part('dayPeriod')}`;
        const read = parseFreshdeskDate(text, zone);
        // Of an hour that comes twice the first is read: it shows the same.
        expect(read && [...show(read)]).toEqual([...parts]);
        expect(read?.getTime()).toBeLessThanOrEqual(date.getTime());
      }),
      { numRuns: runs(100, 400) },
    );
  });

  test('finishes on a megabyte of anything', () => {
    for (const unit of ['a', ' ', '1', '-', ':', '2016-01-01T00:00:00.']) {
      parseFreshdeskDate(unit.repeat(1_000_000 / unit.length), 'UTC');
      parseFreshdeskDate(`2016-01-01T00:00:00.${unit.repeat(500_000)}`, 'UTC');
    }
  });
});

test.each([
  ['tag1, tag2', ['tag1', 'tag2']],
  ['one', ['one']],
  [' a ,, b c ', ['a', 'b c']],
  ['', []],
  ['[]', []],
  [null, []],
  [undefined, []],
  [2026, ['2026']],
  [
    [' a ', '', 'b, c'],
    ['a', 'b, c'],
  ],
  [[], []],
])('parseTags of %j', (text, tags) => {
  expect(parseTags(text)).toEqual(tags);
});

test.each([
  ['a', 'a'],
  ['', ''],
  [15551234567, '15551234567'],
  [0, '0'],
  [null, undefined],
  [undefined, undefined],
])('textOf of %j', (value, text) => {
  expect(textOf(value)).toBe(text);
});

test.each([
  [42, 42],
  ['42', 42],
  ['INC-42', 42],
  ['SR-7', 7],
  ['inc-7', 7],
  [' 11 ', 11],
  ['', undefined],
  ['INC-', undefined],
  ['INC--1', undefined],
  ['INC-4 2', undefined],
  ['4.2', undefined],
  ['99999999999999999', undefined],
  [NaN, undefined],
  [1.5, undefined],
  [null, undefined],
  [undefined, undefined],
])('ticketNumber of %j', (id, number) => {
  expect(ticketNumber(id)).toBe(number);
});

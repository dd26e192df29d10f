import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { addScripts } from '../../src/init/package-json.js';
import { runs } from '../sample.js';

const scripts = [
  { name: 'events', command: 'gen' },
  { name: 'events:check', command: 'gen check' },
];

describe('scripts are laid out as what stands beside them', () => {
  const rows: readonly [what: string, before: string, after: string][] = [
    [
      'two spaces',
      '{\n  "name": "a",\n  "scripts": {\n    "test": "t"\n  },\n  "type": "module"\n}\n',
      '{\n  "name": "a",\n  "scripts": {\n    "test": "t",\n    "events": "gen",\n    "events:check": "gen check"\n  },\n  "type": "module"\n}\n',
    ],
    [
      'tabs, CRLF and no final newline',
      '{\r\n\t"scripts": {\r\n\t\t"test": "t"\r\n\t}\r\n}',
      '{\r\n\t"scripts": {\r\n\t\t"test": "t",\r\n\t\t"events": "gen",\r\n\t\t"events:check": "gen check"\r\n\t}\r\n}',
    ],
    [
      'no scripts',
      '{\n    "name": "a"\n}\n',
      '{\n    "name": "a",\n    "scripts": {\n        "events": "gen",\n        "events:check": "gen check"\n    }\n}\n',
    ],
    [
      'one line',
      '{ "name": "a", "private": true }\n',
      '{ "name": "a", "private": true, "scripts": { "events": "gen", "events:check": "gen check" } }\n',
    ],
    ['no space at all', '{"name":"a"}', '{"name":"a","scripts":{"events":"gen","events:check":"gen check"}}'],
    [
      'scripts on one line in a file of many',
      '{\n  "scripts": { "test": "t" }\n}\n',
      '{\n  "scripts": { "test": "t", "events": "gen", "events:check": "gen check" }\n}\n',
    ],
    [
      'empty scripts',
      '{\n  "scripts": {},\n  "name": "a"\n}\n',
      '{\n  "scripts": {\n    "events": "gen",\n    "events:check": "gen check"\n  },\n  "name": "a"\n}\n',
    ],
    [
      'empty scripts over two lines',
      '{\n  "scripts": {\n  }\n}\n',
      '{\n  "scripts": {\n    "events": "gen",\n    "events:check": "gen check"\n  }\n}\n',
    ],
    [
      'an empty object',
      '{}\n',
      '{\n  "scripts": {\n    "events": "gen",\n    "events:check": "gen check"\n  }\n}\n',
    ],
    [
      'a byte order mark',
      '\uFEFF{ "name": "a" }',
      '\uFEFF{ "name": "a", "scripts": { "events": "gen", "events:check": "gen check" } }',
    ],
    [
      'a key that stands twice: readers take the last',
      '{ "scripts": { "events": "gen" }, "scripts": { "a": "b" } }',
      '{ "scripts": { "events": "gen" }, "scripts": { "a": "b", "events": "gen", "events:check": "gen check" } }',
    ],
  ];

  test.each(rows)('%s', (_, before, after) => {
    expect(addScripts(before, scripts).text).toBe(after);
    expect(addScripts(after, scripts)).toEqual({ text: after, added: [], taken: [] });
  });
});

test('a script that is there stays, whatever it runs', () => {
  const text = '{ "scripts": { "events": "mine", "events:check": "gen check" } }';
  expect(addScripts(text, scripts)).toEqual({ text, added: [], taken: ['events'] });
});

test.each<[string, string, string]>([
  ['not JSON', '{ "name": }', '1:11'],
  ['a comment', '{ // mine\n}', '1:3'],
  ['a comma too many', '{ "name": "a", }', '1:16'],
  ['a list', ' []', '1:2'],
  ['nothing', '', '1:1'],
  ['scripts that are none', '{\n  "scripts": "test"\n}', '2:14'],
])('%s is refused at its place', (_, text, place) => {
  let found: unknown;
  try {
    addScripts(text, scripts);
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(Rejected);
  const [{ code, position }] = (found as Rejected).diagnostics as [Rejected['diagnostics'][number]];
  expect([code, `${position?.line}:${position?.column}`]).toEqual(['init-package-invalid', place]);
});

describe('whatever the file', () => {
  const text = fc
    .record({
      members: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.jsonValue(),
        { maxKeys: 4 },
      ),
      scripts: fc.option(
        fc.dictionary(fc.constantFrom('events', 'test', 'a"b', 'events:check'), fc.constantFrom('gen', 'x')),
        { nil: undefined },
      ),
      indent: fc.constantFrom(0, 1, 2, 4, '\t'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      end: fc.constantFrom('', '\n'),
    })
    .map(({ members, scripts, indent, lineEnd, end }) => {
      const value = scripts === undefined ? members : { ...members, scripts };
      return JSON.stringify(value, undefined, indent).replaceAll('\n', lineEnd) + end;
    })
    .filter((text) => {
      const { scripts } = JSON.parse(text) as { scripts?: unknown };
      return (
        scripts === undefined || (typeof scripts === 'object' && scripts !== null && !Array.isArray(scripts))
      );
    });

  test('the bytes without what was inserted are the old ones, and only scripts are new to a reader', () => {
    fc.assert(
      fc.property(text, (before) => {
        const { text: after, added } = addScripts(before, scripts);
        let start = 0;
        while (start < before.length && before[start] === after[start]) start += 1;
        expect(after.slice(0, start) + after.slice(start + after.length - before.length)).toBe(before);
        const [old, now] = [JSON.parse(before), JSON.parse(after)];
        const commands = Object.fromEntries(added.map(({ name, command }) => [name, command]));
        expect(now).toEqual(added.length === 0 ? old : { ...old, scripts: { ...old.scripts, ...commands } });
        expect(Object.keys(now).filter((key) => key in old)).toEqual(Object.keys(old));
        expect(after.includes('\r')).toBe(before.includes('\r'));
      }),
      { numRuns: runs(500) },
    );
  });
});

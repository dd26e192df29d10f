import { relative, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annotations } from '../../src/cli/reporters/annotations.js';
import type { Standpoint } from '../../src/cli/reporters/place.js';
import { commandless, hasHidden, printable } from '../../src/diagnostics/printable.js';
import { runs } from '../sample.js';
import { finding, nastyFinding } from './findings.js';
import { commandIn } from './runner.js';

const repository: Standpoint = { cwd: '/home/me/app', root: '/home/me' };
const position = { file: 'specs/a.yaml', line: 3, column: 7 };

describe('annotations', () => {
  test('stand at the place, under the code, with what to do', () => {
    expect(annotations([finding('ref-cycle', 'These lead in a circle.', position)], repository)).toEqual([
      '::error file=app/specs/a.yaml,line=3,col=7,title=ref-cycle::These lead in a circle.%0Afix: Replace one of the references by a schema.',
    ]);
  });

  test.each([
    ['ref-cycle', 'error'],
    ['name-changed', 'warning'],
    ['asyncapi-style', 'notice'],
  ] as const)('%s is of the kind %s', (code, kind) => {
    expect(annotations([finding(code, 'x')], repository)).toEqual([
      expect.stringMatching(new RegExp(`^::${kind} title=${code}::x%0Afix: `)),
    ]);
  });

  test('are what the runner reads back, whatever was found', () => {
    fc.assert(
      fc.property(nastyFinding, (found) => {
        const lines = annotations([found], repository);
        expect(lines).toHaveLength(1);
        const [line] = lines as [string];
        expect(hasHidden(line) || /[\t\r\n]/.test(line)).toBe(false);

        const { name, properties, data } = commandIn(line)!;
        expect(name).toBe({ error: 'error', warning: 'warning', info: 'notice' }[found.severity]);
        const shown = [found.message, `fix: ${found.fix}`].map((text) => commandless(printable(text)));
        expect(data).toBe(shown.join('\n'));
        expect(properties.get('title')).toBe(found.code);
        const { file, line: at, column } = found.position ?? {};
        expect([...properties.keys()].filter((key) => key !== 'title')).toEqual([
          ...(file === undefined ? [] : ['file']),
          ...(at! >= 1 &&
          column! >= 1 &&
          at! % 1 === 0 &&
          column! % 1 === 0 &&
          at! < 2 ** 31 &&
          column! < 2 ** 31
            ? ['line', 'col']
            : []),
        ]);
        if (file !== undefined && properties.has('line')) {
          expect([properties.get('line'), properties.get('col')]).toEqual([`${at}`, `${column}`]);
          const absolute = resolve('/home/me/app', file);
          const names = [absolute, relative('/home/me', absolute)].map((name) =>
            commandless(printable(name)),
          );
          expect(names).toContain(properties.get('file')!.replace(/^\.\/(?==)/, ''));
        }
      }),
      { numRuns: runs(300, 1_000) },
    );
  });

  test.each([
    ['100%: a, b', 'file=app/100%25%3A a%2C b,'],
    ['=x', 'file=app/=x,'],
    ['../=x', 'file=./=x,'],
    ['/etc/passwd', 'file=/etc/passwd,'],
    ['a\nb', 'file=app/a\\u000ab,'],
  ])('name the file %j as %s', (file, property) => {
    expect(annotations([finding('ref-cycle', 'x', { ...position, file })], repository)[0]).toContain(
      property,
    );
  });

  test('end where GitHub stops showing them, and say how many there are more', () => {
    const many = (count: number, code: 'ref-cycle' | 'name-changed' | 'asyncapi-style') =>
      Array.from({ length: count }, (_, index) => finding(code, `${code} ${index}`));
    const kinds = (lines: readonly string[]) =>
      Object.fromEntries(
        ['error', 'warning', 'notice'].map((kind) => [
          kind,
          lines.filter((line) => line.startsWith(`::${kind} `)).length,
        ]),
      );

    const full = [...many(10, 'ref-cycle'), ...many(10, 'name-changed'), ...many(10, 'asyncapi-style')];
    expect(kinds(annotations(full, repository))).toEqual({ error: 10, warning: 10, notice: 10 });

    const lines = annotations([...full, ...many(3, 'ref-cycle')], repository);
    expect(kinds(lines)).toEqual({ error: 10, warning: 10, notice: 10 });
    expect(lines.at(-1)).toBe(
      '::notice title=freshworks-gen::4 more findings are in the log: GitHub shows 10 annotations of a kind.',
    );
    expect(annotations(many(11, 'name-changed'), repository).at(-1)).toMatch(
      /::One more finding is in the log/,
    );
    expect(annotations(many(12, 'asyncapi-style'), repository)).toHaveLength(10);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { rules } from '../../src/model/change-rules.js';
import { nastyText } from '../hostile/nasty.js';
import { markdown, table } from './markdown.js';
import { commands, commandsPage, diagnosticsPage, exitCodeRows, program, rulesPage } from './pages.js';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/* `npm run docs` writes the pages anew. */
describe('the page on', () => {
  test('commands says what --help says', async () => {
    const page = commandsPage();
    await expect(page).toMatchFileSnapshot(join(root, 'docs/commands.md'));
    expect(commands.length).toBeGreaterThan(4);
    for (const command of commands) {
      expect(page).toContain(`\n## ${command.name()}\n`);
      for (const { long } of command.options.filter(({ hidden }) => !hidden))
        expect(page).toContain(`${long}`);
    }
  });

  test('diagnostics has a place for every code, and for no other', async () => {
    const page = diagnosticsPage();
    await expect(page).toMatchFileSnapshot(join(root, 'docs/diagnostics.md'));
    const anchors = [...page.matchAll(/^### (.+)$/gm)].map(([, code]) => code);
    expect(anchors.sort()).toEqual(Object.keys(catalogue).sort());
  });

  test('rules has every rule of diff', async () => {
    const page = rulesPage();
    await expect(page).toMatchFileSnapshot(join(root, 'docs/rules.md'));
    const shown = [...page.matchAll(/^\| `(.+?)` \|/gm)].map(([, rule]) => rule);
    expect(shown.sort()).toEqual(Object.keys(rules).sort());
  });
});

describe('the README', () => {
  test('shows every command, and what it does', () => {
    const shown = [...readme.matchAll(/^freshworks-gen (\w+)/gm)].map(([, name]) => name);
    expect([...new Set(shown)].sort()).toEqual(commands.map((command) => command.name()).sort());
  });

  test('has the exit codes of --help', () => {
    const rows = [...readme.matchAll(/^\| (\d) \| (.+) \|$/gm)].map(([, number, meaning]) => [
      number,
      meaning!.replaceAll('`', ''),
    ]);
    expect(rows).toEqual(exitCodeRows);
  });

  test('names no option that no command has', () => {
    const known = [program, ...commands].flatMap(({ options }) => options.map(({ long }) => long));
    const section = readme.slice(
      readme.indexOf('## The command'),
      readme.indexOf('## Documents of your own'),
    );
    for (const [option] of section.matchAll(/--[a-z][a-z-]+/g))
      expect([...known, '--help']).toContain(option);
  });
});

test('what a catalogue says is shown in Markdown as it is', () => {
  expect(markdown('a `$ref` | <b>, [x](y) *z* #1')).toBe('a `$ref` \\| \\<b\\>, \\[x\\](y) \\*z\\* \\#1');
  expect(markdown('`a|b` `c')).toBe('`a|b` \\`c');
  expect(table(['x'], [['`a|b` c\\|d']])).toBe('| x |\n| --- |\n| `a\\|b` c\\|d |');
  fc.assert(
    fc.property(nastyText, (text) => {
      const shown = markdown(text);
      expect(shown).not.toMatch(/[\r\n]/);
      const read = [...shown.matchAll(/\\([\\`*_[\]<>|&#~])|(`[^`]+`|[^\\`*_[\]<>|&#~])/gsu)];
      expect(read.map(([, escaped, plain]) => escaped ?? plain).join('')).toBe(
        text.replace(/\s*[\r\n]+\s*/g, ' '),
      );
    }),
  );
});

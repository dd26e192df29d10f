import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declared } from '../../src/cli/program.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { rules } from '../../src/model/change-rules.js';
import { nastyText } from '../hostile/nasty.js';
import { markdown, table } from './markdown.js';
import { commands, commandsPage, diagnosticsPage, program, rulesPage } from './pages.js';
import { blocks, pages, root } from './shown.js';

/** Pages that are written by programs, and recipes, which `recipes.test.ts` tries. */
const written = ['commands', 'corrections', 'diagnostics', 'rules', 'recipes'].map(
  (name) => `docs/${name}.md`,
);

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

/** What the pages write by hand about the command, beside what other programs take. */
describe.each([...pages].filter(([path]) => !written.includes(path)))('%s', (path, markdown) => {
  test('names no option that no command has', () => {
    const known = [program, ...commands].flatMap(({ options }) => options.map(({ long }) => long));
    for (const [, option] of markdown.matchAll(/`(--[a-z][a-z-]+)/g))
      expect([...known, '--help']).toContain(option);
  });

  test('has only commands that there are', async () => {
    for (const { text } of own(path))
      for (const words of typed(text)) expect(await taken(words), words.join(' ')).toBe(true);
  });
});

/** The blocks of a page that are typed, but for what starts a recipe: that is tried by test/e2e. */
function own(path: string) {
  return blocks.filter(
    ({ page, kind, language }) => page === path && language === 'sh' && kind !== 'framework',
  );
}

/** The commands of a block: comments gone, lines that go on joined. */
function typed(text: string): readonly (readonly string[])[] {
  return text
    .replace(/\\\n/g, ' ')
    .replace(/ +#.*$/gm, '')
    .split(/\n| && /)
    .map((line): readonly string[] => line.match(/'[^']*'|\S+/g) ?? [])
    .filter(([word]) => word !== undefined);
}

async function taken([name = '', ...args]: readonly string[]): Promise<boolean> {
  if (name === 'npx' && args[0] === 'freshworks-gen') {
    const parsed = declared(() => () => Promise.resolve()).parseAsync(args.slice(1), { from: 'user' });
    return parsed.then(
      () => true,
      () => false,
    );
  }
  if (name === 'npm') {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    // `npm run events` is what `init` writes.
    const script = args[0] === 'run' ? args[1]! : args[0]!;
    return ['ci', 'install', 'events', ...Object.keys(scripts)].includes(script);
  }
  return ['curl', 'export', 'gh', 'git', 'openssl'].includes(name);
}

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

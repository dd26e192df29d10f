import { join } from 'node:path';
import { check, getSupportInfo, resolveConfig, type BuiltInParserName, type Options } from 'prettier';
import { expect, test, vi } from 'vitest';
import { render } from '../../src/app/generate.js';
import type { Code } from '../../src/diagnostics/catalogue.js';
import { document } from '../output/layouts.js';
import { put, temporaryFolder } from '../output/tree.js';
import { sample } from '../sample.js';

vi.setConfig({ testTimeout: 300_000 });

/** A configuration, and the findings of a run that does not follow it. */
type Row = readonly [config: object, codes: readonly Code[]];

/** The names of a type that allows any other name as well. */
type Named<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };

const each = (option: string, values: readonly unknown[], codes: readonly Code[] = []): Row[] =>
  values.map((value) => [{ [option]: value }, codes]);
const both = (option: string): Row[] => each(option, [true, false]);
const notFollowed: readonly Code[] = ['prettier-option'];

const ofOptions: Readonly<Record<Named<Options>, readonly Row[]>> = {
  printWidth: [
    ...each('printWidth', [0, 60, 400]),
    ...each('printWidth', [-1], ['prettier-config-unreadable']),
  ],
  tabWidth: each('tabWidth', [0, 3, 8]),
  useTabs: both('useTabs'),
  semi: both('semi'),
  singleQuote: both('singleQuote'),
  quoteProps: each('quoteProps', ['as-needed', 'consistent', 'preserve']),
  trailingComma: each('trailingComma', ['all', 'es5', 'none']),
  bracketSpacing: both('bracketSpacing'),
  objectWrap: each('objectWrap', ['preserve', 'collapse']),
  arrowParens: each('arrowParens', ['always', 'avoid']),
  experimentalTernaries: both('experimentalTernaries'),
  experimentalOperatorPosition: each('experimentalOperatorPosition', ['start', 'end']),
  endOfLine: [
    ...each('endOfLine', ['lf', 'crlf', 'auto']),
    [{ endOfLine: 'cr' }, notFollowed],
    // JSON has no pragma.
    [{ endOfLine: 'cr', requirePragma: true }, notFollowed],
  ],
  insertPragma: [
    [{ insertPragma: false }, []],
    [{ insertPragma: true }, notFollowed],
    [{ insertPragma: true, requirePragma: true }, []],
    [of('json', { parser: 'jsonc', trailingComma: 'none', insertPragma: true }), notFollowed],
    [of('json', { parser: 'json-stringify', insertPragma: true }), []],
  ],
  requirePragma: both('requirePragma'),
  checkIgnorePragma: both('checkIgnorePragma'),
  rangeStart: [
    [{ rangeStart: 0 }, []],
    [{ rangeStart: 400 }, notFollowed],
  ],
  rangeEnd: [[{ rangeEnd: 400 }, notFollowed]],
  plugins: [
    [{ plugins: [] }, []],
    [{ plugins: ['./absent.js'] }, ['prettier-plugins']],
  ],
  // The name of the file wins.
  filepath: each('filepath', ['a.md']),
  embeddedLanguageFormatting: each('embeddedLanguageFormatting', ['auto', 'off']),
  // Both languages at once cannot be of one parser.
  parser: [...each('parser', [null, '']), ...each('parser', ['typescript', 'json', 'babel'], notFollowed)],
  // What is about other languages.
  jsxSingleQuote: both('jsxSingleQuote'),
  jsxBracketSameLine: both('jsxBracketSameLine'),
  bracketSameLine: both('bracketSameLine'),
  singleAttributePerLine: both('singleAttributePerLine'),
  proseWrap: each('proseWrap', ['always', 'never']),
  htmlWhitespaceSensitivity: each('htmlWhitespaceSensitivity', ['strict', 'ignore']),
  vueIndentScriptAndStyle: both('vueIndentScriptAndStyle'),
  // What plugins and Prettier itself say to each other.
  parentParser: each('parentParser', ['markdown']),
  __embeddedInHtml: both('__embeddedInHtml'),
};

/** What each parser of Prettier is good for; `jsonc` has rows of its own. */
const parsers: Readonly<Record<BuiltInParserName, 'ts' | 'json' | undefined>> = {
  typescript: 'ts',
  'babel-ts': 'ts',
  json: 'json',
  'json-stringify': 'json',
  jsonc: undefined,
  json5: undefined,
  acorn: undefined,
  angular: undefined,
  babel: undefined,
  'babel-flow': undefined,
  css: undefined,
  espree: undefined,
  flow: undefined,
  glimmer: undefined,
  graphql: undefined,
  html: undefined,
  less: undefined,
  lwc: undefined,
  markdown: undefined,
  mdx: undefined,
  meriyah: undefined,
  mjml: undefined,
  scss: undefined,
  vue: undefined,
  yaml: undefined,
};
const ofParsers = Object.entries(parsers).flatMap(([parser, language]) =>
  (['ts', 'json'] as const).map((each): Row => [of(each, { parser }), language === each ? [] : notFollowed]),
);
const ofJson: readonly Row[] = [
  [of('json', { parser: 'jsonc', trailingComma: 'none' }), []],
  [of('json', { parser: 'jsonc', trailingComma: 'es5', objectWrap: 'collapse' }), notFollowed],
  [of('json', { parser: 'json-stringify', tabWidth: 4, quoteProps: 'consistent', singleQuote: true }), []],
  [of('json', { parser: 'json-stringify', endOfLine: 'crlf', useTabs: true }), []],
];

/** A configuration for the files of one language. */
function of(language: 'ts' | 'json', options: object): object {
  return { overrides: [{ files: `*.${language}`, options }] };
}

test('each option of Prettier has its rows', async () => {
  const { options } = await getSupportInfo();
  const known = options.map(({ name }) => name).filter((name) => name !== undefined);
  // Where the cursor of an editor is changes no text.
  expect(known.filter((name) => name !== 'cursorOffset' && !Object.hasOwn(ofOptions, name))).toEqual([]);
  expect(Object.entries(ofOptions).filter(([, rows]) => rows.length === 0)).toEqual([]);
});

const rows = [...Object.values(ofOptions).flat(), ...ofParsers, ...ofJson];

test.each(sample(rows, 6))(
  '%j: Prettier has nothing to say of the kit, or the run has',
  async (config, codes) => {
    const folder = temporaryFolder();
    put(folder, { '.prettierrc.json': JSON.stringify(config, undefined, 2), 'shop.yaml': document });
    const out = join(folder, 'src/events');
    const { plan, diagnostics } = await render({ out, cwd: folder, spec: ['shop.yaml'] });
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    for (const { position } of diagnostics) expect(position?.line).toBeGreaterThan(1);

    const objections: string[] = [];
    for (const { path, after = '' } of [...plan.files, plan.manifest]) {
      if (path === '.gitattributes') continue;
      const filepath = join(out, path);
      const resolved = { ...(await resolveConfig(filepath, { useCache: false })), filepath };
      if (!(await check(after, resolved).catch(() => false))) objections.push(path);
    }
    // A run that warns is right to do so.
    if (codes.length === 0) expect(objections).toEqual([]);
    else expect(objections).not.toEqual([]);
  },
);

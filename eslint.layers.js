import { dirname, posix, resolve, sep } from 'node:path';

/** What every stage may know of: findings, and the shapes of documents and of the catalog. */
const vocabulary = [
  'src/diagnostics/',
  'src/catalog/identifier.ts',
  'src/catalog/json.ts',
  'src/catalog/document.ts',
  'src/catalog/channel.ts',
  'src/catalog/contract.ts',
  'src/catalog/files.ts',
  'src/catalog/model.ts',
  'src/catalog/parts.ts',
  'src/catalog/pointer.ts',
  'src/catalog/simple-types.ts',
  'src/catalog/witness.ts',
];

/**
 * What the modules of a part of `src/` may import beside each other, as paths below the project's root. An entry that
 * ends in `/` stands for everything below it. A part that is not listed may import nothing else.
 *
 * @type {ReadonlyMap<string, readonly string[]>}
 */
const layers = new Map([
  ['src/diagnostics/', []],
  ['src/disk/', []],
  ['src/cache/', [...vocabulary, 'src/disk/']],
  ['src/kit/', vocabulary],
  ['src/config/', [...vocabulary, 'src/disk/', 'src/diff/rules.ts']],
  ['src/load/', [...vocabulary, 'src/disk/']],
  ['src/parse/', vocabulary],
  ['src/catalog/', vocabulary],
  ['src/emit/', [...vocabulary, 'src/kit/', 'templates/']],
  ['src/diff/', [...vocabulary, 'src/emit/expression.ts']],
  ['src/output/', [...vocabulary, 'src/disk/', 'src/kit/']],
  ['src/project/', [...vocabulary, 'src/disk/', 'src/kit/']],
  ['src/init/', [...vocabulary, 'src/disk/']],
  [
    'src/cli/',
    [
      ...vocabulary,
      'src/cache/',
      'src/config/',
      'src/configure.ts',
      'src/diff.ts',
      'src/diff/',
      'src/generate.ts',
      'src/init/',
      'src/next-run.ts',
      'src/version.ts',
    ],
  ],
  ['src/revision/', vocabulary],
  ['src/version.ts', ['package.json']],
  ['src/diff.ts', ['src/']],
  ['src/generate.ts', ['src/']],
  ['src/configure.ts', ['src/']],
  ['src/next-run.ts', ['src/']],
  ['src/index.ts', ['src/']],
  ['templates/', []],
]);

/** Parts that may start a process: git, for `diff`. */
const processes = ['src/revision/'];

/** Parts that may open files. */
const disk = [
  'src/cache/',
  'src/config/',
  'src/disk/',
  'src/init/',
  'src/load/',
  'src/output/',
  'src/project/',
  'src/revision/',
];

const root = import.meta.dirname;

/**
 * Holds the order of the pipeline: a stage imports no other stage, and only some touch the disk. `import()` and types count.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const layerRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      stage:
        '{{from}} must not import {{to}}: a stage takes what it needs as an argument, and src/generate.ts composes.',
      process: '{{from}} must not start a process: only revision does, which asks git.',
      disk: '{{from}} must not touch the disk: only cache, config, disk, init, load, output, project and revision do.',
      dependency: '{{from}} must not import {{to}}: a kit has no dependency but Node.js itself.',
    },
  },
  create(context) {
    const file = below(context.filename);
    const from = [...layers.keys()].find((part) => file.startsWith(part));
    if (from === undefined) return {};
    const may = [from, ...(layers.get(from) ?? [])];

    /** @param {{ type: string, value?: unknown } | null | undefined} source */
    function look(source) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const problem = source.value.startsWith('.') ? imported(source.value) : packaged(source.value);
      if (problem) context.report({ node: source, ...problem });
    }

    /** @param {string} specifier */
    function imported(specifier) {
      const to = below(resolve(dirname(context.filename), specifier.replace(/\?raw$/, ''))).replace(
        /\.js$/,
        '.ts',
      );
      return may.some((each) => (each.endsWith('/') ? to.startsWith(each) : to === each))
        ? undefined
        : { messageId: 'stage', data: { from, to } };
    }

    /** @param {string} specifier */
    function packaged(specifier) {
      if (/^(?:node:)?fs(?:\/|$)/.test(specifier) && !disk.includes(from))
        return { messageId: 'disk', data: { from } };
      if (/^(?:node:)?child_process$/.test(specifier) && !processes.includes(from))
        return { messageId: 'process', data: { from } };
      if (from === 'templates/' && !specifier.startsWith('node:'))
        return { messageId: 'dependency', data: { from, to: specifier } };
      return undefined;
    }

    return {
      ImportDeclaration: ({ source }) => look(source),
      ImportExpression: ({ source }) => look(source),
      ExportNamedDeclaration: ({ source }) => look(source),
      ExportAllDeclaration: ({ source }) => look(source),
      TSImportType: ({ source }) => look(source),
    };
  },
};

/**
 * A path as the tables above have it.
 *
 * @param {string} path
 */
function below(path) {
  return path.startsWith(root + sep)
    ? path
        .slice(root.length + 1)
        .split(sep)
        .join(posix.sep)
    : path;
}

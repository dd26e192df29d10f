import { dirname, posix, resolve, sep } from 'node:path';

/** What every stage may know of: findings, and the shapes of documents and of the catalog. */
const vocabulary = ['src/diagnostics/', 'src/model/'];

/**
 * What the modules of a folder of `src/` may import beside each other. A folder stands for everything below it. What is not
 * listed may import nothing else.
 *
 * @type {ReadonlyMap<string, readonly string[]>}
 */
const layers = new Map([
  ['src/diagnostics/', []],
  ['src/model/', ['src/diagnostics/']],
  ['src/disk/', []],
  ['src/config/', [...vocabulary, 'src/disk/']],
  ['src/load/', [...vocabulary, 'src/disk/']],
  ['src/parse/', vocabulary],
  ['src/catalog/', vocabulary],
  ['src/typescript/', vocabulary],
  ['src/kit/', [...vocabulary, 'src/disk/']],
  ['src/emit/', [...vocabulary, 'src/kit/', 'src/typescript/', 'templates/']],
  ['src/diff/', [...vocabulary, 'src/typescript/']],
  ['src/output/', [...vocabulary, 'src/disk/', 'src/kit/']],
  ['src/project/', [...vocabulary, 'src/disk/', 'src/kit/']],
  ['src/init/', [...vocabulary, 'src/disk/']],
  ['src/revision/', vocabulary],
  // Deliveries: what is sent, what came, and what it says.
  ['src/delivery/', [...vocabulary, 'src/disk/', 'src/version.ts', 'templates/']],
  ['src/webhooks/', [...vocabulary, 'src/delivery/', 'templates/']],
  ['src/store/', [...vocabulary, 'src/disk/']],
  ['src/simulate/', [...vocabulary, 'src/delivery/']],
  ['src/infer/', [...vocabulary, 'src/delivery/', 'src/disk/', 'src/store/export.ts']],
  ['src/dev/', [...vocabulary, 'src/delivery/', 'src/disk/', 'src/store/']],
  ['src/page/', ['src/dev/api.ts', 'src/diagnostics/printable.ts']],
  ['src/app/', ['src/']],
  ['src/cli/', [...vocabulary, 'src/app/', 'src/config/', 'src/diff/', 'src/init/', 'src/version.ts']],
  ['src/index.ts', ['src/']],
  ['src/shipped.ts', []],
  ['src/version.ts', ['package.json']],
  ['templates/', []],
]);

/** Parts that may start a process: git, for `diff`. */
const processes = ['src/revision/'];

/** Parts that may open files. */
const disk = [
  'src/app/',
  'src/config/',
  'src/delivery/',
  'src/disk/',
  'src/infer/',
  'src/init/',
  'src/kit/',
  'src/load/',
  'src/output/',
  'src/project/',
  'src/revision/',
  'src/store/',
];

/** Parts that may open a connection, to where the user says. */
const network = ['src/delivery/', 'src/dev/', 'src/webhooks/'];

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
        '{{from}} must not import {{to}}: a stage takes what it needs as an argument, and src/app composes.',
      process: '{{from}} must not start a process: only revision does, which asks git.',
      disk: '{{from}} must not touch the disk: only app, config, delivery, disk, infer, init, kit, load, output, project, revision and store do.',
      network: '{{from}} must not open a connection: only delivery, dev and webhooks do.',
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
      if (
        /^(?:node:)?(?:https?|http2|net|tls|dgram)$/.test(specifier) &&
        from.startsWith('src/') &&
        !network.includes(from)
      )
        return { messageId: 'network', data: { from } };
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

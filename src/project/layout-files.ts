/** The endings of a configuration that Prettier would run. */
export const programEndings = ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'];

/** The configurations of Prettier, in the order in which it looks for them (prettier.io/docs/configuration). */
export const prettierFiles: readonly string[] = [
  'package.json',
  'package.yaml',
  '.prettierrc',
  '.prettierrc.json',
  '.prettierrc.yml',
  '.prettierrc.yaml',
  '.prettierrc.json5',
  ...programEndings.flatMap((ending) => [`.prettierrc.${ending}`, `prettier.config.${ending}`]),
  '.prettierrc.toml',
];

export const editorConfigFile = '.editorconfig';

/** Mark the folder of a repository, above which no .editorconfig counts. */
export const repositoryMarks: readonly string[] = ['.git', '.hg'];

const all: ReadonlySet<string> = new Set([...prettierFiles, editorConfigFile, ...repositoryMarks]);

/** Whether the layout of files in a folder and below can depend on what has this name there. A disk may be blind to case. */
export function isLayoutFile(name: string): boolean {
  return all.has(name.toLowerCase());
}

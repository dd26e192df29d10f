import { runIn } from '../cli/command.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { changes, type Files } from '../output/project.js';

/** What `init` did in a project. */
export interface Initialised {
  readonly exitCode: number;
  /** `new freshworks-gen.config.yaml`, `there package.json`: the plan's files, the written ones with a `*`. */
  readonly plan: readonly string[];
  readonly codes: readonly string[];
  /** What is another file now: `+ path`, `~ path`. */
  readonly changes: readonly string[];
  readonly document: {
    readonly packageManager?: string;
    readonly install?: string | null;
    readonly scripts?: Readonly<Record<string, string>>;
  };
  readonly files: Files;
  /** The project's folder. */
  readonly folder: string;
}

interface InitDocument {
  readonly files?: readonly { readonly path: string; readonly state: string; readonly written: boolean }[];
  readonly diagnostics: readonly { readonly code: string }[];
}

/** A package.json that asks for the program already. */
export const packageJson = '{\n  "name": "shop",\n  "devDependencies": { "freshworks-gen": "1" }\n}\n';

/** A repository with some files. */
export function repository(files: Files, prepare: (folder: string) => void = () => undefined): string {
  const folder = temporaryFolder();
  put(folder, { '.git/HEAD': 'ref: refs/heads/main\n', ...files });
  prepare(folder);
  return folder;
}

/** Runs `init` where nobody can be asked, in a folder or one below it. */
export async function init(folder: string, options = '--yes', below = '.'): Promise<Initialised> {
  const before = snapshot(folder);
  const words = options.split(' ').filter((word) => word !== '');
  const { exitCode, stdout } = await runIn(`${folder}/${below}`, ['init', ...words, '--json']);
  const after = snapshot(folder);
  const document = JSON.parse(stdout) as InitDocument & Initialised['document'];
  return {
    exitCode,
    plan: (document.files ?? []).map(({ path, state, written }) => `${written ? '*' : ''}${state} ${path}`),
    codes: document.diagnostics.map(({ code }) => code),
    changes: changes(before, after),
    document,
    files: after,
    folder,
  };
}

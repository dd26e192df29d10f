import { execFile } from 'node:child_process';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';

/** What git answered: its exit code and what it wrote. */
export interface Answer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Whether there was more than was asked for. */
  readonly cut: boolean;
}

/** Larger than the list of files of any repository. */
const bytesAtMost = 512 * 2 ** 20;

/**
 * Asks git for what a repository holds. No shell, no hook, no filter, no pager; what is not here is not fetched.
 *
 * @param args a command that only reads, with nothing of the user's where an option could stand
 * @throws Rejected `git-missing`
 */
export function git(cwd: string, args: readonly string[], atMost = bytesAtMost): Promise<Answer> {
  return new Promise((done, fail) => {
    execFile(
      'git',
      [...harmless, ...args],
      { cwd, env: environment(), encoding: 'buffer', maxBuffer: atMost, shell: false, windowsHide: true },
      (error, stdout, stderr) => {
        const code = (error as { readonly code?: unknown } | null)?.code;
        if (code === 'ENOENT') {
          fail(new Rejected(diagnostic('git-missing', 'There is no git to read a revision with.')));
        } else if (error && typeof code !== 'number' && code !== tooMuch) {
          fail(new Rejected(diagnostic('git-failed', `Git could not be run (${String(code)}).`)));
        } else {
          const cut = code === tooMuch;
          done({ code: cut ? 0 : Number(code ?? 0), stdout, stderr: stderr.toString('utf8'), cut });
        }
      },
    );
  });
}

const tooMuch = 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';

/** Nothing that a repository's own configuration could make git start. */
const harmless = [
  '--no-pager',
  '--no-replace-objects',
  '--literal-pathspecs',
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'protocol.allow=never'],
];

/** The user's environment without what would point git elsewhere. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(own),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheHome, installed } from './project.js';

/** What a conversation came to. */
export interface Conversation {
  readonly exitCode: number | null;
  /** All that the terminal showed, without what moves its cursor. */
  readonly shown: string;
}

/** A question that is waited for, and the keys that answer it. */
export type Turn = readonly [question: string, keys: string];

export const enter = '\r';
export const interrupt = '\u0003';
export const endOfInput = '\u0004';

/** Runs the installed command at a terminal of its own. Undefined where there is no command `script` that makes one. */
export function converse(
  project: string,
  args: readonly string[],
  turns: readonly Turn[],
): Promise<Conversation | undefined> {
  const words = [process.execPath, join(installed, 'bin/freshworks-gen.js'), ...args];
  const line = words.map((word) => `'${word}'`).join(' ');
  const env = { ...process.env, XDG_CACHE_HOME: cacheHome, NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: project,
    env,
    // A question that nobody expects is asked for ever.
    signal: AbortSignal.timeout(120_000),
  });
  return new Promise((resolve, reject) => {
    let shown = '';
    let answered = 0;
    const left = [...turns];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text.replace(/\u001b\[[\d;]*[A-Za-z]/g, '').replaceAll('\r', '');
      for (let [next] = left; next !== undefined; [next] = left) {
        const at = shown.indexOf(next[0], answered);
        if (at < 0) return;
        answered = at + next[0].length;
        left.shift();
        child.stdin.write(next[1]);
      }
    });
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    child.on('close', (exitCode) => {
      if (left.length === 0) resolve({ exitCode, shown });
      else reject(new Error(`nobody asked ${left[0]?.[0]}:\n${shown}`));
    });
  });
}

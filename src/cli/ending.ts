/**
 * Keeps the exit code of the process for the command alone. A configuration is a program, and what it does while the command
 * works, `process.exit(0)` or an exit code of its own, must not pass for an answer: a run that is cut off exits with
 * `unfinished`, and says so.
 */
export function holdExitCode(unfinished: number): { settle(code: number): void } {
  let settled: number | undefined;
  let isSaid = false;
  const { emit, reallyExit } = process as unknown as Internals;

  const code = () => {
    if (settled === undefined && !isSaid) {
      isSaid = true;
      process.stderr.write('freshworks-gen: the run did not finish: something in it ended the process.\n');
    }
    return settled ?? unfinished;
  };
  const hold = (name: keyof Internals, value: Internals[keyof Internals]) =>
    Object.defineProperty(process, name, { configurable: false, writable: false, value });

  // The last that is asked before the process ends by itself: what listeners of `exit` have set is undone.
  hold('emit', (...event) => {
    try {
      return emit.call(process, ...event);
    } finally {
      if (event[0] === 'exit') process.exitCode = code();
    }
  });
  // Where `process.exit` ends.
  hold('reallyExit', () => reallyExit.call(process, code()));
  return {
    settle(given) {
      settled = given;
      process.exitCode = given;
    },
  };
}

interface Internals {
  readonly emit: (...event: readonly unknown[]) => boolean;
  readonly reallyExit: (...code: readonly unknown[]) => boolean;
}

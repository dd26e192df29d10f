const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `tidy` if the process ends before the returned function is called: by a signal, by `process.exit`, by an error
 * nobody caught. A program with a signal listener of its own decides itself whether the signal ends it.
 *
 * @param tidy synchronous, and safe to run at any moment
 */
export function onInterruption(tidy: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    tidy();
    forget();
    process.kill(process.pid, signal);
  };
  const forget = (): void => {
    process.removeListener('exit', tidy);
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
  process.once('exit', tidy);
  for (const signal of signals) process.on(signal, onSignal);
  return forget;
}

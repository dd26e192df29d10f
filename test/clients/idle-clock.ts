/**
 * A clock that stands still while a request is under way, and goes on to what is due next when none is: a minute at the limit
 * takes as long as its requests, and however slow the machine is, they come as fast as the client lets them.
 */
export function idleClock() {
  let time = Date.now();
  let underWay = 0;
  let quiet = 0;
  const due = new Map<() => void, number>();

  /** Twice quiet: what an answer starts has started. */
  const ticking = setInterval(() => {
    quiet = underWay > 0 ? 0 : quiet + 1;
    if (quiet < 2 || due.size === 0) return;
    time = Math.max(time, Math.min(...due.values()));
    for (const [callback, at] of due) {
      if (at > time) continue;
      due.delete(callback);
      callback();
    }
  }, 0);

  return {
    stop: () => clearInterval(ticking),
    options: {
      now: () => new Date(time),
      after: (milliseconds: number, callback: () => void) => {
        // Each timer is one of its own, whoever shares the callback.
        const own = () => callback();
        due.set(own, time + milliseconds);
        return () => void due.delete(own);
      },
      fetch: async (...request: Parameters<typeof fetch>) => {
        underWay += 1;
        try {
          return await fetch(...request);
        } finally {
          underWay -= 1;
        }
      },
    },
  };
}

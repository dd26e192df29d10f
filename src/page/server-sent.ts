/**
 * Reads server-sent events out of the pieces in which they come. Only `data` counts here.
 *
 * @returns a function that takes the next piece, and returns the events that are complete with it
 */
export function serverSentEvents(): (piece: string) => readonly string[] {
  let rest = '';
  let data: string[] = [];

  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    const events: string[] = [];
    for (const each of lines) {
      const line = each.endsWith('\r') ? each.slice(0, -1) : each;
      if (line === '') {
        if (data.length > 0) events.push(data.join('\n'));
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      }
    }
    return events;
  };
}

/** How long to wait before the next attempt to connect, in milliseconds: half a second, doubled up to ten. */
export function backoff(failures: number): number {
  return Math.min(10_000, 500 * 2 ** Math.min(failures, 10));
}

/**
 * A program of its own, to be killed: writes one generation after another into a folder, as fast as it can.
 *
 *     node writer.js <out> <generation> [<generation> …]
 *
 * With `wait` as a last argument it announces itself and holds the lock until it is told to go by a signal.
 */
import { lock } from '../../src/output/lock.js';
import { onInterruption } from '../../src/output/interruption.js';
import { generation } from './generation.js';
import { writeKit } from './kit.js';

const [out = '', ...generations] = process.argv.slice(2);
if (generations.at(-1) === 'wait') {
  onInterruption(await lock(out));
  setInterval(() => undefined, 1_000);
  console.log('locked');
} else {
  for (const each of generations) await writeKit(out, { files: generation(Number(each)) });
}

import { replay } from '../app/replay.js';
import { configured } from './configured.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { sentOutcome, targetIn, timeoutIn } from './sent.js';

/** `replay`: posts a delivery again, as it came. */
export async function replayCommand(what: string, flags: Flags): Promise<Outcome> {
  const timeoutMs = timeoutIn(flags);
  const to = targetIn(flags);
  const { kits } = await configured(flags, { needsOut: false });
  const sent = await replay(
    kits.map(({ options }) => options),
    {
      what,
      to,
      asIs: flags.asIs,
      sign: flags.sign ?? false,
      timeoutMs,
      credentials: flags,
      env: process.env,
      cwd: process.cwd(),
    },
  );
  return sentOutcome(sent);
}

import { send } from '../app/send.js';
import { configured } from './configured.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { sentOutcome, targetIn, timeoutIn } from './sent.js';

/** `send`: posts one delivery as its product would. */
export async function sendCommand(event: string | undefined, flags: Flags): Promise<Outcome> {
  const { body, set, form, asIs } = flags;
  const timeoutMs = timeoutIn(flags);
  const to = event === undefined ? (flags.to ?? 'http://localhost') : targetIn(flags);
  const { kits } = await configured(flags, { needsOut: false });
  const sent = await send(
    kits.map(({ options }) => options),
    {
      event,
      to,
      asIs,
      body,
      set,
      form,
      timeoutMs,
      credentials: flags,
      env: process.env,
      cwd: process.cwd(),
    },
  );
  return sentOutcome(sent);
}

import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';

/** The user's home; undefined for a user without one. */
export function homeFolder(): string | undefined {
  try {
    return isAbsolute(homedir()) ? homedir() : undefined;
  } catch {
    return undefined;
  }
}

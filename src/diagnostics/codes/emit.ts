import { entries } from '../entry.js';

export const emitCodes = entries({
  'handler-orphaned': {
    severity: 'warning',
    exit: 3,
    cause: 'The documents no longer have the event that the handler is for.',
    fix: 'Remove the handler when you no longer need it; it is never removed for you.',
  },
});

import { entries } from '../entry.js';

export const emitCodes = entries({
  'handler-syntax': {
    severity: 'error',
    exit: 2,
    cause:
      'The documents gained an event, and in a handler file whose syntax is broken its stub would become a part of what stands before it.',
    fix: 'Mend the syntax of the file; then the stub is added at its end.',
  },
  'handler-orphaned': {
    severity: 'warning',
    exit: 3,
    cause: 'The documents no longer have the event that the handler is for.',
    fix: 'Remove the handler when you no longer need it; it is never removed for you.',
  },
});

import { entries } from '../entry.js';

export const emitCodes = entries({
  'handler-syntax': {
    severity: 'error',
    exit: 2,
    cause:
      'The documents gained an event, and in a handler file whose syntax is broken its stub would become a part of what stands before it.',
    fix: 'Mend the syntax of the file; then the stub is added at its end.',
  },
  'handler-missing': {
    severity: 'warning',
    exit: 3,
    cause:
      'The documents have an event for which its handler file exports no handler: it was renamed, removed, or is not exported. `handlers` holds a mark in its place, which neither `createReceiver` nor `ignoringRest` takes.',
    fix: 'Export a function of that name, or `ignore`, or a new stub: `unhandled("<event>")`.',
  },
  'handler-misplaced': {
    severity: 'warning',
    exit: 3,
    cause: 'Handlers are collected from `handlers/<product>.ts`, and a file of another name exports one.',
    fix: 'Move the handler into the file of its product, or rename the file.',
  },
  'handler-import-ending': {
    severity: 'warning',
    exit: 3,
    cause:
      'The tsconfig has changed since the handler file was written, and imports of the kit end otherwise now. Handler files are yours, so the generator does not change them.',
    fix: 'Change the end of the import as the message says.',
  },
  'handler-left-out': {
    severity: 'warning',
    exit: 3,
    cause:
      'The kit is generated for some products alone, and a handler file of another one is still there. The types that it imports are not, so it does not compile.',
    fix: 'Remove the file; it is never removed for you. Or generate the product too: add it to `products`.',
  },
  'handler-orphaned': {
    severity: 'warning',
    exit: 3,
    cause: 'The documents no longer have the event that the handler is for.',
    fix: 'Remove the handler when you no longer need it; it is never removed for you.',
  },
});

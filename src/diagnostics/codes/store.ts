import { entries } from '../entry.js';

/** What goes wrong with deliveries that are kept. */
export const storeCodes = entries({
  'store-folder': {
    severity: 'error',
    exit: 2,
    cause:
      'Deliveries hold personal data, so they are kept outside the project, in folders of the user alone, and through no link.',
    fix: 'Set `XDG_STATE_HOME` to a folder outside the project, or keep nothing: `freshworks-gen dev --no-store`.',
  },
  'store-io': {
    severity: 'error',
    exit: 1,
    cause: 'The operating system refused to read or write where deliveries are kept.',
    fix: 'Mend what the message names, or keep nothing: `freshworks-gen dev --no-store`.',
  },
});

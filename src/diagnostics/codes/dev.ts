import { entries } from '../entry.js';

/** What keeps `dev` from its work. */
export const devCodes = entries({
  'forward-invalid': {
    severity: 'error',
    exit: 2,
    cause:
      'Deliveries are forwarded to the address of a server of your own, with the credentials that they bring themselves.',
    fix: 'Give the address of the app, such as `--forward http://localhost:3000/webhooks`.',
  },
  'dev-port': {
    severity: 'error',
    exit: 1,
    cause: 'The operating system does not let the server listen on this port: mostly another program does.',
    fix: 'End what uses the port, or take another one with the option that the message names; 0 takes any that is free.',
  },
  'export-folder': {
    severity: 'error',
    exit: 2,
    cause: 'Deliveries hold personal data, and the folder of a kit is committed and compiled.',
    fix: 'Name a folder outside the kit, such as `dev --export deliveries`.',
  },
  'export-io': {
    severity: 'error',
    exit: 1,
    cause: 'The operating system refused to write what is exported.',
    fix: 'Mend what the message names, or name another folder after `--export`.',
  },
  'delivery-not-kept': {
    severity: 'error',
    exit: 2,
    cause: 'No delivery of this project has this id; it may have been dropped because it was old.',
    fix: 'Take an id from the page, or from the lines that `freshworks-gen dev --json` prints.',
  },
});

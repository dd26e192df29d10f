import { entries } from '../entry.js';

/** What is wrong with what Helpdesk is asked for, or with its answer. */
export const webhooksCodes = entries({
  'api-key-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'The API key is read from an environment variable, so that no command line, history or process list holds it; there is no such variable, or it is empty.',
    fix: 'Set the variable HELPDESK_API_KEY, or give the name of another one: `--key-env NAME`.',
  },
  'webhooks-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'Something that Helpdesk has to be told is missing, or Helpdesk would refuse it.',
    fix: 'Correct what the message names; `freshworks-gen webhooks --help` shows the options.',
  },
  'api-failed': {
    severity: 'error',
    exit: 1,
    cause: 'Helpdesk refused the call, or did not answer in time. The message holds what it said.',
    fix: 'For 401 and 403, check the key, its permission `admin`, and the workspace; otherwise try again later.',
  },
  'api-unreachable': {
    severity: 'error',
    exit: 1,
    cause: 'The connection to Helpdesk could not be made, or ended before there was an answer.',
    fix: 'Look at the connection, and at the address after `--base-url` where there is one.',
  },
  'secret-file-unwritable': {
    severity: 'error',
    exit: 1,
    cause: 'The signing secret goes into a file that cannot be written.',
    fix: 'Correct the path after `--secret-file`, or leave the option out: then the secret is printed once.',
  },
});

import { entries } from '../entry.js';

/** What is wrong with what is asked to be sent, or became of it. */
export const deliveryCodes = entries({
  'event-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The command sends a delivery of an event, and the command line names none.',
    fix: 'Name one of the events that the message lists; `freshworks-gen list` describes them.',
  },
  'event-unknown': {
    severity: 'error',
    exit: 2,
    cause: 'The documents describe no event of this name.',
    fix: 'Correct the name; `freshworks-gen list` prints all of them.',
  },
  'target-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'Deliveries go to an address of the form `http://…` or `https://…` that holds no credentials.',
    fix: 'Correct the address after `--to`; give credentials with `--secret-env`, or as `${NAME}` with `--header`.',
  },
  'secret-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'What is to be signed needs a secret, which is read from an environment variable, so that no command line, history or process list holds it.',
    fix: 'Put the secret into a variable, and give the name of that: `--secret-env FRESHDESK_PASSWORD`; a private key is a file, `--key`.',
  },
  'variable-missing': {
    severity: 'error',
    exit: 2,
    cause: 'An option names an environment variable that is not set, or is empty.',
    fix: 'Set and export the variable, or correct its name.',
  },
  'replay-product-unknown': {
    severity: 'error',
    exit: 2,
    cause:
      'To sign a delivery again, `replay` has to know its product: by the file with its headers, by its payload, or by an event in the path of the file.',
    fix: 'Call the file after its event, such as `freshdesk-ticket-created.json`.',
  },
  'secret-on-command-line': {
    severity: 'error',
    exit: 2,
    cause:
      'What is written on a command line stays in the history of the shell, and other users can read it.',
    fix: "Put the value into an environment variable, and write its name in single quotes: `--header 'X-Webhook-Token: ${NAME}'`.",
  },
  'credentials-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'The secret or key is not of the form that the scheme takes.',
    fix: 'Correct the secret, the key or the scheme; no message shows what it holds.',
  },
  'credentials-undecided': {
    severity: 'error',
    exit: 2,
    cause:
      'The documents do not say how the deliveries of this product are authenticated, or not in a way that takes what is given.',
    fix: 'Say how with `--scheme`, in one of the forms that the message lists.',
  },
  'header-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'A header has a name of letters, digits and dashes, a colon, and a value on one line.',
    fix: "Write it as `--header 'Name: value'`.",
  },
  'body-invalid': {
    severity: 'error',
    exit: 2,
    cause: 'The body cannot be read, or cannot be changed as it is asked for.',
    fix: 'Correct the file after `--body`, or the path and value after `--set`.',
  },
  'delivery-missing': {
    severity: 'error',
    exit: 2,
    cause:
      'What is to be sent again is neither a file nor the id of a delivery that `dev` has kept for this project.',
    fix: 'Name a file or an id; `last` is the newest delivery that is kept.',
  },
  'log-unwritable': {
    severity: 'error',
    exit: 1,
    cause: 'The operating system refused to write the file after `--log`.',
    fix: 'Mend what the message names, or write the log elsewhere.',
  },
  'payload-not-valid': {
    severity: 'info',
    exit: 2,
    cause:
      'The payload does not satisfy the schema of its event. It is sent all the same; a receiver with this kit answers 422.',
    fix: 'Correct the payload, unless the refusal is what you want to see.',
  },
  'delivery-failed': {
    severity: 'error',
    exit: 1,
    cause: 'The connection could not be made, or ended before there was an answer.',
    fix: 'Start the receiver, and look whether the address after `--to` is the one that it listens on.',
  },
  'delivery-refused': {
    severity: 'error',
    exit: 1,
    cause:
      'The receiver answered something else than 200. The platform takes only 200 for success, and sends the delivery again.',
    fix: 'Look at the answer, and at the log of the receiver.',
  },
  'delivery-issue': {
    severity: 'error',
    exit: 1,
    cause: 'The receiver found that the payload does not satisfy its schema, and answered 422.',
    fix: 'Correct the payload; if it is what really arrives, widen the schema with an overlay.',
  },
});

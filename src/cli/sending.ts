import type { Command } from 'commander';
import { repeated } from './options.js';

/** The options that say how deliveries are authenticated: those of every command that sends or checks them. */
export function credentialOptions(command: Command): Command {
  return command
    .option(
      '--secret-env <name>',
      'the environment variable that holds the password, secret or token; `product=NAME` for one product (repeatable)',
      repeated,
    )
    .option('--key <file>', 'an RSA key in PEM; `product=FILE` for one product (repeatable)', repeated)
    .option(
      '--username <name>',
      'the user name of Basic authentication, by default the name of the product; `product=NAME` for one product (repeatable)',
      repeated,
    )
    .option(
      '--scheme <scheme>',
      'how deliveries are authenticated, where the documents do not say: basic, bearer, hmac:HEADER, rsa:HEADER, standard-webhooks, header:NAME or query:NAME; `product=SCHEME` for one product (repeatable)',
      repeated,
    )
    .option(
      '--header <header>',
      "a header to send, 'Name: value'; `${NAME}` in the value stands for an environment variable (repeatable)",
      repeated,
    );
}

/** Where deliveries go, and how. */
export function targetOptions(command: Command): Command {
  return command
    .option(
      '--to <url>',
      'where to send it; the path of the event, such as /freshdesk/ticket-created, is added where the address does not end in it',
    )
    .option('--as-is', 'add no path to the address')
    .option('--timeout <seconds>', 'how long to wait for the answer; 5 by default, as the platform waits');
}

import { Option, type Command } from 'commander';
import { repeated, separated } from './options.js';

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

/** What a simulated platform does, and what goes wrong on its side. */
export function simulationOptions(command: Command): Command {
  return command
    .option('--count <number>', 'how many deliveries; 100 by default')
    .option('--rate <number>', 'new deliveries in a second; as many as the receiver takes by default')
    .option('--concurrency <number>', 'deliveries under way at the same time; 10 by default')
    .option(
      '--events <names>',
      'only these events, separated by commas; by default those of the products that there are credentials for, or all',
      separated,
    )
    .addOption(
      new Option(
        '--mix <weights>',
        'events and how often each comes: freshdesk/ticket-created=3,freshchat/message-create=1',
      )
        .argParser(separated)
        .conflicts('events'),
    )
    .option(
      '--clock <speed>',
      'how fast the time passes that a retry waits; 600x by default, which makes six seconds of an hour; 1x is real time',
    )
    .option(
      '--duplicates <share>',
      'deliveries that come once more after they were acknowledged, from 0 to 1',
    )
    .option('--reorder <share>', 'creations that come behind their update, from 0 to 1')
    .option(
      '--broken-templates <share>',
      'bodies that are no JSON, of products whose rules have templates, from 0 to 1',
    )
    .option(
      '--late-headers <share>',
      'deliveries whose headers or body come up to a second late, from 0 to 1',
    )
    .option('--seed <text>', 'repeats a run: the same bytes in the same order; printed where none is given')
    .option('--log <file>', 'write a line of JSON for each try: id, event, attempt, status, milliseconds')
    .addHelpText(
      'after',
      '\nEvery delivery has 5 seconds and is retried 5, 30 and 60 minutes after it failed; only 200 is success.\nExits with 1 where a delivery was dropped or not finished, apart from those with a broken template.',
    );
}

/** Whose webhooks, and what they are to be. */
export function webhookOptions(command: Command): Command {
  return command
    .option(
      '--key-env <name>',
      'the environment variable that holds the API key; HELPDESK_API_KEY by default',
    )
    .option('--workspace <id>', "the account's workspace; HELPDESK_WORKSPACE_ID by default")
    .option('--base-url <url>', "in the place of Helpdesk's own address")
    .option('--name <name>', 'for ensure: the name of the webhook')
    .option('--target-url <url>', 'for ensure: where events go; an https address')
    .addOption(
      new Option(
        '--events <names>',
        'for ensure: the events, separated by commas; by default all of Helpdesk that the documents have',
      ).argParser(separated),
    )
    .option(
      '--secret-file <file>',
      'for ensure: writes the signing secret of a new webhook there, with mode 0600',
    );
}

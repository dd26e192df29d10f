import { entries } from '../entry.js';

/** What is found where types are inferred from deliveries. No message quotes a delivery. */
export const inferCodes = entries({
  'infer-input-missing': {
    severity: 'error',
    exit: 2,
    cause: 'Deliveries are read from files and folders; there is none of this name.',
    fix: 'Correct the path; it is taken from the working directory.',
  },
  'infer-input-unknown': {
    severity: 'error',
    exit: 2,
    cause:
      'The ending of a file says how it is read: one payload, one payload a line, a form body or an HTTP archive.',
    fix: 'Give the file one of the endings that the message lists.',
  },
  'infer-nothing-read': {
    severity: 'error',
    exit: 2,
    cause: 'None of the files holds a delivery of an event that the documents describe.',
    fix: 'Name files that hold deliveries, and say which event they are of with `--event`.',
  },
  'infer-event-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The documents in force describe no event of this name.',
    fix: 'Name one of the events; `freshworks-gen list` prints them.',
  },
  'infer-overlay-missing': {
    severity: 'error',
    exit: 2,
    cause: 'What is inferred is written to an overlay, and nothing says to which file.',
    fix: 'Name the file with `--overlay`, or ask for `--shapes`.',
  },
  'infer-overlay-form': {
    severity: 'error',
    exit: 2,
    cause:
      'New actions are put between the others as lines, so that what you wrote keeps its bytes; in JSON, or in a list in brackets, there is no room for them.',
    fix: 'Write the overlay in YAML with an action on lines of its own, or name another file, which ends in `.yaml`.',
  },
  'infer-delivery-unreadable': {
    severity: 'warning',
    exit: 2,
    cause:
      'The file or the line holds no payload that a receiver would take, or is larger than what is read.',
    fix: 'Remove it, or correct it; the other deliveries are taken.',
  },
  'infer-event-unknown': {
    severity: 'warning',
    exit: 2,
    cause:
      'The event of a delivery is the one that `--event` names, else the one of its path in an archive, else the one that its file or folder is called after, else the one that its payload names.',
    fix: 'Name the event with `--event freshdesk/ticket-created`, or in the path of the file: `freshdesk/ticket-created/1.json`.',
  },
  'infer-keys-open': {
    severity: 'warning',
    exit: 3,
    cause:
      'The keys of this object are too many to be fields, or look like data: addresses, numbers, ids. Data has no place in an overlay.',
    fix: 'Describe the object in an action of your own, if the handlers read from it.',
  },
  'infer-elsewhere': {
    severity: 'warning',
    exit: 3,
    cause: 'An overlay is applied to the document, before the files that it refers to are read.',
    fix: 'Declare the field in the file that the message names.',
  },
  'infer-other-document': {
    severity: 'warning',
    exit: 3,
    cause: 'The overlay has an `x-document-title`, and so is applied to that document alone.',
    fix: 'Write the fields of other documents to an overlay of their own.',
  },
  'infer-not-declared': {
    severity: 'warning',
    exit: 3,
    cause: 'No correction that only widens makes the schema take these deliveries.',
    fix: 'Write an action of your own for the place that the message names.',
  },
  'infer-not-covered': {
    severity: 'error',
    exit: 4,
    cause:
      'A delivery has a field that the documents and overlays do not declare, or a value that they refuse.',
    fix: 'Run `freshworks-gen infer` with the same files to extend the overlay, and review what it adds.',
  },
  'template-invalid': {
    severity: 'error',
    exit: 2,
    cause:
      'A template is JSON in which placeholders stand, in quotes or in the place of a value; this is something else.',
    fix: 'Correct the template at the position shown; tags such as `{% if %}` can stand in texts only.',
  },
  'template-event-missing': {
    severity: 'error',
    exit: 2,
    cause: 'Each template belongs to the event whose rule sends it.',
    fix: 'Write `--event` behind each `--template`, as in `--template rule.json --event freshdesk/ticket-created`.',
  },
  'template-unquoted': {
    severity: 'warning',
    exit: 2,
    cause:
      'Without quotes, a placeholder gives a number where its value has digits alone, and a body that is no JSON where the value is empty or a text.',
    fix: 'Put the placeholder in quotes in the rule; the mended template is printed.',
  },
  'template-placeholder-unknown': {
    severity: 'warning',
    exit: 2,
    cause: 'The table of placeholders that comes with the program does not list it for this product.',
    fix: 'Correct the name, or write the type of the field in an action of your own.',
  },
});

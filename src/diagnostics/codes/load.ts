import { entries } from '../entry.js';

export const loadCodes = entries({
  'file-missing': {
    severity: 'error',
    exit: 2,
    cause: 'A document or an overlay was named that does not exist.',
    fix: 'Check the path; it is taken from the working directory.',
  },
  'file-is-folder': {
    severity: 'error',
    exit: 2,
    cause: 'A folder was named where a document or an overlay is expected.',
    fix: 'Name the file in it.',
  },
  'file-not-permitted': {
    severity: 'error',
    exit: 2,
    cause: 'The permissions of the file or of a folder above it forbid reading.',
    fix: 'Grant read permission to the user who runs the program.',
  },
  'file-unreadable': {
    severity: 'error',
    exit: 1,
    cause: 'The system failed to read the file.',
    fix: 'Try again; the code in the message says what the system found.',
  },
  'file-not-regular': {
    severity: 'error',
    exit: 2,
    cause: 'The path names a pipe, a socket or a device; only regular files are read.',
    fix: 'Write what is to be read to a file, and name that.',
  },
  'file-too-large': {
    severity: 'error',
    exit: 3,
    cause:
      'A document is text that people write; one beyond the limit would exhaust memory before it says anything.',
    fix: 'Split the document, and refer to its parts with `$ref`.',
  },
  'text-empty': {
    severity: 'error',
    exit: 3,
    cause: 'The file holds nothing but white space.',
    fix: 'Restore its content, or leave the file out.',
  },
  'text-not-utf8': {
    severity: 'error',
    exit: 3,
    cause:
      'Documents are read as UTF-8, with or without a byte order mark; this file has other bytes from the position on.',
    fix: 'Save the file as UTF-8.',
  },
  'text-control-character': {
    severity: 'error',
    exit: 3,
    cause: 'YAML and JSON allow no control characters but tab and line ends. A NUL often means UTF-16.',
    fix: 'Remove the character, or write it as an escape in a quoted string.',
  },
  'yaml-syntax': {
    severity: 'error',
    exit: 3,
    cause: 'The text breaks the grammar of YAML 1.2.',
    fix: 'Correct the line; often a quote or an indentation before it is at fault.',
  },
  'yaml-tab': {
    severity: 'error',
    exit: 3,
    cause: 'YAML forbids tabs in indentation, because nobody agrees on their width.',
    fix: 'Indent with spaces.',
  },
  'yaml-several-documents': {
    severity: 'error',
    exit: 3,
    cause: 'One file holds one document; `---` on a line of its own starts another.',
    fix: 'Put each document in a file of its own.',
  },
  'yaml-tag': {
    severity: 'error',
    exit: 3,
    cause:
      'Tags beyond the YAML 1.2 core schema mean something to one program only, and to some they mean code.',
    fix: 'Remove the tag, and write the value as plain data.',
    example: {
      before: ['Ticket:', '  enum: !set { open, closed }'].join('\n'),
      after: ['Ticket:', '  enum: [open, closed]'].join('\n'),
    },
  },
  'yaml-key': {
    severity: 'error',
    exit: 3,
    cause:
      'YAML takes lists, objects, aliases and nothing at all as keys; JSON, which AsyncAPI is defined on, takes text.',
    fix: 'Write the key as text.',
  },
  'yaml-alias-unknown': {
    severity: 'error',
    exit: 3,
    cause: 'An alias (`*name`) repeats what an anchor (`&name`) before it marks.',
    fix: 'Correct the name, or quote the value if its asterisk is meant.',
  },
  'yaml-alias-cycle': {
    severity: 'error',
    exit: 3,
    cause: 'The value would contain itself without end.',
    fix: 'Use `$ref` where a schema is recursive.',
  },
  'yaml-alias-expansion': {
    severity: 'error',
    exit: 3,
    cause: 'A few lines of aliases of aliases can stand for more values than fit in memory.',
    fix: 'Use `$ref` in place of aliases.',
  },
  'yaml-merge': {
    severity: 'error',
    exit: 3,
    cause: 'A merge key (`<<`) copies the members of objects; there is something else under it.',
    fix: 'Give it an alias of an object, or quote the key if `<<` is its name.',
  },
  'json-syntax': {
    severity: 'error',
    exit: 3,
    cause:
      'The text breaks the grammar of JSON, which has no comments, no trailing commas and no single quotes.',
    fix: 'Correct the text, or name the file `.yaml`.',
  },
  'root-not-object': {
    severity: 'error',
    exit: 3,
    cause: 'A document, an overlay and a file that a reference names are objects at their root.',
    fix: 'Check that the right file is named.',
  },
  'key-duplicate': {
    severity: 'error',
    exit: 3,
    cause: 'Of two members with one key, one would be lost silently.',
    fix: 'Remove or rename one of them.',
    example: {
      before: ['Ticket:', '  type: object', '  type: string'].join('\n'),
      after: ['Ticket:', '  type: [object, string]'].join('\n'),
    },
  },
  'key-forbidden': {
    severity: 'error',
    exit: 3,
    cause:
      '`__proto__` changes what an object inherits from in most JavaScript; libraries fail on it or are fooled by it.',
    fix: 'Rename the key.',
  },
  'number-not-finite': {
    severity: 'error',
    exit: 3,
    cause: 'JSON and JSON Schema know neither infinity nor NaN; a number beyond 1.8e308 becomes infinite.',
    fix: 'Write a finite number, or leave the bound out.',
  },
  'number-inexact': {
    severity: 'warning',
    exit: 3,
    cause: 'JavaScript, and so the generated code, holds integers exactly only up to 2^53.',
    fix: 'Use a string for identifiers that large; round a bound to one that can be held.',
    example: {
      before: ['Ticket:', '  const: 9007199254740993'].join('\n'),
      after: ['Ticket:', "  const: '9007199254740993'"].join('\n'),
    },
  },
  'nesting-too-deep': {
    severity: 'error',
    exit: 3,
    cause: 'Far fewer levels serve any payload; tools that read the document fail somewhere beyond.',
    fix: 'Move inner schemas to `components/schemas`, and refer to them with `$ref`.',
  },
  'nodes-too-many': {
    severity: 'error',
    exit: 3,
    cause: 'A file at the limit of values would take memory and minutes in every later step.',
    fix: 'Split the document.',
  },
  'overlay-invalid': {
    severity: 'error',
    exit: 3,
    cause: 'The file breaks the Overlay Specification (https://spec.openapis.org/overlay/v1.1.0.html).',
    fix: 'Correct the overlay at the position shown.',
  },
  'overlay-unknown-key': {
    severity: 'error',
    exit: 3,
    cause: 'A key that nothing reads is most likely misspelt; `copy` needs `overlay: 1.1.0`.',
    fix: 'Correct the key, or begin it with `x-` if it is a note.',
    example: {
      before: ['- target: $.info', '  updat: { title: Shop }'].join('\n'),
      after: ['- target: $.info', '  update: { title: Shop }'].join('\n'),
    },
  },
  'overlay-jsonpath': {
    severity: 'error',
    exit: 3,
    cause:
      'Targets are queries of RFC 9535, which has no script. `match()` and `search()` are not offered: a regular expression can run for ever.',
    fix: "Correct the query; a name with other than letters, digits and _ is written `['name']`.",
    example: {
      before: ["- target: $.channels[?match(@.title, 'S.*')]", '  update: { title: Sold }'].join('\n'),
      after: ['- target: $.channels.sold', '  update: { title: Sold }'].join('\n'),
    },
  },
  'overlay-query-too-long': {
    severity: 'error',
    exit: 3,
    cause: 'Several `..` in one query visit the document over and over.',
    fix: 'Write out the path to what the action is for.',
  },
  'overlay-mismatch': {
    severity: 'error',
    exit: 3,
    cause:
      'An object is updated with an object, a single value with a single value; an array takes anything.',
    fix: 'Let the target select the object around the value, and name the member in `update`.',
    example: {
      before: ['- target: $.info.title', '  update: { title: Shop }'].join('\n'),
      after: ['- target: $.info', '  update: { title: Shop }'].join('\n'),
    },
  },
  'overlay-copy-source': {
    severity: 'error',
    exit: 3,
    cause: '`copy` takes one value from the document as the actions before have left it.',
    fix: 'Correct the query so that it selects exactly one value.',
  },
  'overlay-too-large': {
    severity: 'error',
    exit: 3,
    cause: 'Actions that copy what they have copied multiply a document without limit.',
    fix: 'Narrow the target of the action.',
  },
  'overlay-no-match': {
    severity: 'warning',
    exit: 3,
    cause: 'The document has nothing at the target any more, or the query is misspelt.',
    fix: 'Correct the target, or remove the action.',
    example: {
      before: ['- target: $.infos', '  update: { title: Shop }'].join('\n'),
      after: ['- target: $.info', '  update: { title: Shop }'].join('\n'),
    },
  },
  'overlay-unbound': {
    severity: 'warning',
    exit: 3,
    cause: 'An overlay with `x-document-title` is applied to documents whose `info.title` is the same text.',
    fix: 'Correct the title, or remove `x-document-title` to apply the overlay to every document.',
  },
  'ref-not-text': {
    severity: 'error',
    exit: 3,
    cause: '`$ref` names what stands in its place, as text.',
    fix: 'Write the reference as text; a property called `$ref` belongs under `properties`.',
  },
  'ref-malformed': {
    severity: 'error',
    exit: 3,
    cause:
      'A reference is a path with `/` between folders, then `#` and a JSON Pointer (RFC 6901), where `~1` is `/` and `~0` is `~`. Names of anchors are not followed.',
    fix: 'Write it like `./common.yaml#/components/schemas/Name`.',
    example: {
      before: ['Ticket:', '  $ref: ./ticket.yaml#Ticket'].join('\n'),
      after: ['Ticket:', '  $ref: ./ticket.yaml#/Ticket'].join('\n'),
    },
  },
  'ref-remote': {
    severity: 'error',
    exit: 3,
    cause:
      'Nothing is fetched from the network: what is generated depends on files that are under review alone.',
    fix: 'Save a copy beside the document, and refer to it by a relative path.',
    example: {
      before: ['Ticket:', '  $ref: https://example.com/ticket.yaml#/Ticket'].join('\n'),
      after: ['Ticket:', '  $ref: ./ticket.yaml#/Ticket'].join('\n'),
    },
  },
  'ref-absolute': {
    severity: 'error',
    exit: 3,
    cause: 'An absolute path means something else on every machine, and could be any file.',
    fix: 'Refer to the file by its path from the file the reference is in.',
  },
  'ref-outside': {
    severity: 'error',
    exit: 3,
    cause:
      "Only files in the document's own folder are read, links followed, so that a document cannot take in others.",
    fix: 'Move the file below the document, or allow a common folder with `--ref-root DIR`.',
  },
  'ref-root-missing': {
    severity: 'error',
    exit: 2,
    cause: 'The folder that references may read from was named but does not exist.',
    fix: 'Correct `--ref-root`; it is taken from the working directory.',
  },
  'ref-file-missing': {
    severity: 'error',
    exit: 3,
    cause: 'A relative reference is taken from the file it is in; one in an overlay, from the document.',
    fix: 'Correct the path, letter case included, or add the file.',
  },
  'ref-missing': {
    severity: 'error',
    exit: 3,
    cause: 'The JSON Pointer after `#` names a member that the file does not have.',
    fix: 'Correct the pointer, or add what it names.',
  },
  'ref-cycle': {
    severity: 'error',
    exit: 3,
    cause:
      'A reference that leads to a reference that leads back describes nothing. A schema may refer to itself below a property.',
    fix: 'Replace one of the references by a schema.',
    example: {
      before: [
        'Ticket:',
        "  $ref: '#/components/schemas/Case'",
        'Case:',
        "  $ref: '#/components/schemas/Ticket'",
      ].join('\n'),
      after: [
        'Ticket:',
        "  $ref: '#/components/schemas/Case'",
        'Case:',
        '  type: object',
        '  properties:',
        '    parent:',
        "      $ref: '#/components/schemas/Ticket'",
      ].join('\n'),
    },
  },
  'ref-in-data': {
    severity: 'warning',
    exit: 3,
    cause:
      'Examples, defaults, `const` and `enum` hold data as it is: a `$ref` there is a member like any other, and no file is read.',
    fix: 'Write the value out in place of the reference, if the file is meant.',
  },
  'ref-in-text': {
    severity: 'error',
    exit: 3,
    cause:
      'A description, a summary or a title is text. `$ref` stands for an object, and takes no text from a file.',
    fix: 'Write the text itself in place of the reference.',
  },
  'ref-too-much': {
    severity: 'error',
    exit: 3,
    cause:
      'References bring whole files into the document; together they are beyond what a document may cost.',
    fix: 'Refer to fewer or smaller files.',
  },
  'ref-shelf-taken': {
    severity: 'error',
    exit: 3,
    cause:
      'Files that references bring in are put under `x-external` of the document, which has a member of that name.',
    fix: 'Rename the `x-external` of the document.',
  },
});

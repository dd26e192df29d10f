import type { CommandWords, OptionWords, Words } from './words.js';

/** A completion script for fish 3 and later. */
export function fishScript({ name, options, commands }: Words): string {
  const is = `__${name.replace(/\W/g, '_')}_is`;
  const complete = (command: string, rest: string) =>
    `complete -c ${quoted(name)} -n ${quoted(`${is} ${quoted(command)}`)} ${rest}`;
  return `# Completion of ${name} for fish.
function ${is} --description 'Whether the command line is of this command; of none yet, for an empty name'
  set -l words (commandline -opc)
  for word in $words[2..-1]
    if not string match -q -- '-*' $word
      test "$word" = "$argv[1]"
      return
    end
  end
  test -z "$argv[1]"
end
complete -c ${quoted(name)} -f
${[
  ...options.map((option) => complete('', optionPart(option))),
  ...commands.map((each) => complete('', `-a ${values([each.name])} -d ${quoted(each.description)}`)),
  ...commands.flatMap((command) => commandParts(command).map((part) => complete(command.name, part))),
].join('\n')}
`;
}

function commandParts({ options, values: known }: CommandWords): readonly string[] {
  return [...options.map(optionPart), ...(known.length === 0 ? [] : [`-a ${values(known)}`])];
}

function optionPart({ names, description, takes }: OptionWords): string {
  const flags = names.map((name) =>
    name.startsWith('--') ? `-l ${quoted(name.slice(2))}` : `-s ${quoted(name.slice(1))}`,
  );
  return [...flags, ...taken(takes), `-d ${quoted(description)}`].join(' ');
}

function taken(takes: OptionWords['takes']): readonly string[] {
  switch (takes) {
    case 'nothing':
      return [];
    case 'file':
      return ['-r -F'];
    case 'folder':
      return [`-x -a '(__fish_complete_directories)'`];
    case 'text':
      return ['-x'];
    default:
      return [`-x -a ${values(takes)}`];
  }
}

/** fish expands what it is given to complete when it is asked, so each word is quoted for that, and all of them for now. */
function values(words: readonly string[]): string {
  return quoted(words.map(quoted).join(' '));
}

/** A text as one word of fish. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

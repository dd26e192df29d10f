import { quoted } from './quoted.js';
import type { CommandWords, OptionWords, Words } from './words.js';

/** A completion script for zsh, to be kept as `_freshworks-gen` in a folder of `fpath`, or to be sourced after `compinit`. */
export function zshScript({ name, options, commands }: Words): string {
  const fn = `_${name}`;
  return `#compdef ${name}
${fn}() {
  local context state state_descr line
  local -a commands
  typeset -A opt_args
  _arguments -C \\
${options.flatMap(optionSpecs).map(continued).join('')}    '1: :->command' \\
    '*:: :->arguments'
  case $state in
    command)
      commands=(
${commands.map((each) => `        ${quoted(`${colons(each.name)}:${each.description}`)}`).join('\n')}
      )
      _describe -t commands command commands
      ;;
    arguments)
      case $line[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == ${quoted(fn)} ]]; then
  ${fn} "$@"
else
  compdef ${fn} ${quoted(name)}
fi
`;
}

function commandCase({ name, options, values }: CommandWords): string {
  const argument = values.length === 0 ? [] : [quoted(`1: :${action(values)}`)];
  const specs = [...options.flatMap(optionSpecs), ...argument];
  return [
    `        ${quoted(name)})`,
    '          _arguments \\',
    ...specs.map((spec, index) => `            ${spec}${index < specs.length - 1 ? ' \\' : ''}`),
    '          ;;',
  ].join('\n');
}

/** One spec a name; each excludes the others unless the option is repeatable. */
function optionSpecs({ names, description, takes, repeatable }: OptionWords): readonly string[] {
  const opening = repeatable ? '*' : `(${names.join(' ')})`;
  const explained = `[${description.replace(/[\\[\]]/g, '\\$&')}]`;
  return names.map((name) => {
    if (takes === 'nothing') return quoted(`${opening}${name}${explained}`);
    const joint = name.startsWith('--') ? '=' : '+';
    return quoted(`${opening}${name}${joint}${explained}: :${action(takes)}`);
  });
}

/** What zsh does to find values. It evaluates what stands in braces, so the words in them are quoted once more. */
function action(takes: Exclude<OptionWords['takes'], 'nothing'>): string {
  switch (takes) {
    case 'file':
      return '_files';
    case 'folder':
      return '_directories';
    case 'text':
      return ' ';
    default:
      return `{compadd -- ${colons(takes.map(quoted).join(' '))}}`;
  }
}

function colons(text: string): string {
  return text.replaceAll(':', '\\:');
}

function continued(spec: string): string {
  return `    ${spec} \\\n`;
}

import { quoted } from './quoted.js';
import type { CommandWords, OptionWords, Words } from './words.js';

/**
 * A completion script for bash 3.2 and later. Paths are left to readline, which quotes them; every other word is compared and
 * quoted as the text that it is (`compgen -W` would expand it).
 */
export function bashScript({ name, options, commands }: Words): string {
  const fn = `_${name.replace(/\W/g, '_')}`;
  return `# Completion of ${name} for bash.
${fn}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= paths= index candidate text
  local -a options=() values=() candidates=()
  COMPREPLY=()
  # bash takes \`--option=value\` for three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ \${COMP_WORDS[index]} != -* ]]; then
      command=\${COMP_WORDS[index]}
      break
    fi
  done
  case $command in
    '')
      options=(${list(optionNames(options))})
      values=(${list(commands.map((each) => each.name))})
      ;;
${commands.map(commandCase).join('\n')}
  esac
  case $paths in
    file) return ;;
    folder)
      compopt -o dirnames +o default 2>/dev/null
      return
      ;;
  esac
  compopt +o default 2>/dev/null
  if [[ $word == -* || \${#values[@]} -eq 0 ]]; then
    candidates=("\${options[@]}")
  else
    candidates=("\${values[@]}")
  fi
  for candidate in "\${candidates[@]}"; do
    if [[ $candidate == "$word"* ]]; then
      printf -v text %q "$candidate"
      COMPREPLY+=("$text")
    fi
  done
}
complete -o default -F ${fn} ${quoted(name)}
`;
}

function commandCase({ name, options, values }: CommandWords): string {
  const taking = options.filter(({ takes }) => takes !== 'nothing').map(optionCase);
  const cases = taking.length === 0 ? [] : ['      case $before in', ...taking, '      esac'];
  return [
    `    ${quoted(name)})`,
    `      options=(${list(optionNames(options))})`,
    `      values=(${list(values)})`,
    ...cases,
    '      ;;',
  ].join('\n');
}

/** Behind an option stands its value alone: no other option, and nothing where nobody knows it. */
function optionCase({ names, takes }: OptionWords): string {
  const effect =
    takes === 'file' || takes === 'folder'
      ? `paths=${takes}`
      : `options=() values=(${typeof takes === 'string' ? '' : list(takes)})`;
  return `        ${names.map(quoted).join(' | ')}) ${effect} ;;`;
}

function optionNames(options: readonly OptionWords[]): readonly string[] {
  return options.flatMap(({ names }) => names);
}

function list(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

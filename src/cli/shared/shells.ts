/** What can be typed first, with what it does and the words that may follow it. */
export type Completions = ReadonlyMap<string, { readonly summary: string; readonly words: readonly string[] }>;

/** The script that teaches each shell to complete `bellhop`. */
export const shells: ReadonlyMap<string, (completions: Completions) => string> = new Map([
  ['bash', toBash],
  ['zsh', toZsh],
  ['fish', toFish],
]);

function toBash(completions: Completions): string {
  const cases = [...completions].map(([name, { words }]) => `      ${name}) words=${quoted(words.join(' '))} ;;`);
  return `_bellhop() {
  local words="" line="\${COMP_LINE:0:COMP_POINT}"
  line="\${line##* }"
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted([...completions.keys()].join(' '))}
  else
    case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$line"))
  # Bash takes an equals sign for the end of a word, and adds only what comes after it.
  if [[ "$line" == *=* && "$COMP_WORDBREAKS" == *=* ]]; then COMPREPLY=("\${COMPREPLY[@]#*=}"); fi
  if [[ "\${COMPREPLY[0]}" == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -F _bellhop bellhop`;
}

function toZsh(completions: Completions): string {
  return [
    '#compdef bellhop',
    '_bellhop() {',
    '  local -a words_known',
    '  if (( CURRENT == 2 )); then',
    '    words_known=(',
    ...[...completions].map(([name, { summary }]) => `      ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`),
    '    )',
    "    _describe 'verb' words_known",
    '    return',
    '  fi',
    '  case "$words[2]" in',
    ...[...completions].map(([name, { words }]) => `    ${name}) compadd -- ${words.map(quoted).join(' ')} ;;`),
    '  esac',
    '  _files',
    '}',
    'if [ "$funcstack[1]" = "_bellhop" ]; then _bellhop "$@"; else compdef _bellhop bellhop; fi',
  ].join('\n');
}

function toFish(completions: Completions): string {
  return [...completions]
    .flatMap(([name, { summary, words }]) => [
      `complete -c bellhop -n __fish_use_subcommand -a ${name} -d ${fishQuoted(summary)}`,
      ...words.map((word) => `complete -c bellhop -n '__fish_seen_subcommand_from ${name}' -a ${fishQuoted(word)}`),
    ])
    .join('\n');
}

/** Text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

import type { Command, Option } from 'commander';

/** What may follow after the words of one command. */
export interface Words {
  /** E.g. `tims conversations list`. */
  path: string;
  /** Other spellings of it, by aliases. */
  aliases: string[];
  next: { word: string; about: string }[];
  /** The values of an option, by its name; empty for an option with values that nobody can know. */
  values: Record<string, readonly string[]>;
}

/** The whole tree, a list entry for each command. */
export function wordsOf(command: Command, parents: readonly string[] = [], inherited: readonly Option[] = []): Words[] {
  const spellings = [command.name(), ...command.aliases()];
  const paths =
    parents.length === 0 ? spellings : parents.flatMap((parent) => spellings.map((name) => `${parent} ${name}`));
  const [path = '', ...aliases] = paths;
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const options = [...help.visibleOptions(command), ...inherited];
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  const own: Words = {
    path,
    aliases,
    next: [
      ...commands.map((one) => ({ word: one.name(), about: one.description() })),
      ...choices.map((word) => ({ word, about: '' })),
      ...options.flatMap(({ long, description }) => (long ? [{ word: long, about: description }] : [])),
    ],
    values: Object.fromEntries(
      options.flatMap((option) => (takesValue(option) && option.long ? [[option.long, option.argChoices ?? []]] : [])),
    ),
  };
  return [own, ...command.commands.flatMap((one) => wordsOf(one, paths, [...inherited, ...command.options]))];
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

export function bash(commands: readonly Words[]): string {
  return `# tims for bash: source <(tims completion bash)
_tims() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at=tims words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${pathCases(commands, '      ')}
    esac
  done
  case "$at $prev" in
${valueCases(commands, (values) => `words=${quote(values.join(' '))}`, '    ')}
    *)
      case "$at" in
${commands.map(({ path, next }) => `        ${quote(path)}) words=${quote(next.map(({ word }) => word).join(' '))} ;;`).join('\n')}
      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _tims tims`;
}

export function zsh(commands: readonly Words[]): string {
  return `#compdef tims
# tims for zsh: source <(tims completion zsh)
_tims() {
  local at=tims word
  local -a next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
${pathCases(commands, '      ')}
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${valueCases(commands, (values) => `next=(${values.map(quote).join(' ')})`, '    ')}
    *)
      case "$at" in
${commands.map(({ path, next }) => `        ${quote(path)}) next=(${next.map(described).join(' ')}) ;;`).join('\n')}
      esac
      ;;
  esac
  if (( $#next )); then
    _describe 'tims' next
  else
    _files
  fi
}
if [[ $funcstack[1] == _tims ]]; then
  _tims "$@"
else
  compdef _tims tims
fi`;
}

export function fish(commands: readonly Words[]): string {
  const lines = commands.flatMap(({ path, next, values }) =>
    next.map(({ word, about }) => {
      const when = `-n ${quote(`__tims_at ${quote(path)}`)}`;
      const description = about ? ` -d ${quote(about)}` : '';
      if (!word.startsWith('--')) return `complete -c tims -f ${when} -a ${quote(word)}${description}`;
      const known = values[word];
      const value = known === undefined ? '' : known.length > 0 ? ` -x -a ${quote(known.join(' '))}` : ' -r';
      return `complete -c tims ${when} -l ${word.slice(2)}${value}${description}`;
    }),
  );
  return `# tims for fish: tims completion fish | source
function __tims_at
  set -l at tims
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
${commands
  .flatMap(spellings)
  .map(({ spelling, path }) => `      case ${quote(spelling)}\n        set at ${quote(path)}`)
  .join('\n')}
    end
  end
  test "$at" = "$argv[1]"
end
complete -c tims -f
${lines.join('\n')}`;
}

/** Every way to write a command below the first, and its path. */
function spellings({ path, aliases }: Words): { spelling: string; path: string }[] {
  return path.includes(' ') ? [path, ...aliases].map((spelling) => ({ spelling, path })) : [];
}

function pathCases(commands: readonly Words[], indent: string): string {
  return commands
    .flatMap(spellings)
    .map(({ spelling, path }) => `${indent}${quote(spelling)}) at=${quote(path)} ;;`)
    .join('\n');
}

function valueCases(commands: readonly Words[], assign: (values: readonly string[]) => string, indent: string): string {
  return commands
    .flatMap(({ path, values }) =>
      Object.entries(values).map(([option, known]) => `${indent}${quote(`${path} ${option}`)}) ${assign(known)} ;;`),
    )
    .join('\n');
}

/** `word:what it does`, as zsh's _describe takes it. */
function described({ word, about }: Words['next'][number]): string {
  return quote(`${word}:${about.replaceAll(':', '\\:')}`);
}

/** In single quotes no shell of the three looks inside. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

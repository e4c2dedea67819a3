import { type Command, InvalidArgumentError } from 'commander';

/** What every command understands. */
export interface Globals {
  json?: boolean;
  profile?: string;
  url?: string;
}

export function globalsOf(command: Command): Globals {
  return command.optsWithGlobals<Globals>();
}

/** Puts worked examples before everything else in the command's help: most readers need no more. */
export function examples(command: Command, lines: Record<string, string>): Command {
  const width = Math.max(...Object.keys(lines).map((line) => line.length));
  const text = Object.entries(lines).map(([line, what]) => `  ${line.padEnd(width)}  ${what}`.trimEnd());
  return command.addHelpText('before', `Examples:\n${text.join('\n')}\n`);
}

/** A whole number from 1 for an option. */
export function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a whole number, at least 1.');
}

/** An option that may be given again: each value read, in the order in which they were given. */
export function collected(read: (text: string) => string) {
  return (text: string, before: string[] = []): string[] => [...before, read(text)];
}

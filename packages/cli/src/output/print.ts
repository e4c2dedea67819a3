/** What was asked for goes to stdout and nothing else does. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** The API's answer as it came. */
export function printJson(answer: unknown): void {
  print(JSON.stringify(answer, null, 2));
}

/** What a person wants to know beside what they asked for. */
export function say(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

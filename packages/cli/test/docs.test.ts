import { readFileSync } from 'node:fs';
import whatsapp from '@tims/channel-whatsapp';
import { settingDefinitions } from '@tims/server/operator';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { exitCodeSentences, exitCodes } from '../src/exit-codes.js';
import { createProgram } from '../src/program.js';

/** A document; the formatter's padding of table cells says nothing. */
function read(path: string): string {
  const text = readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');
  return text.replace(/^\|.*$/gm, tidy);
}

const tidy = (line: string) =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .join(' | ')
    .trim();

/** A plugin's settings have a title for forms, too. */
function sentenceOf(schema: object): string {
  const texts = [
    'title' in schema ? schema.title : undefined,
    'description' in schema ? schema.description : undefined,
  ];
  return texts.filter((text) => text !== undefined).join(': ');
}

test('docs/configuration.md has every setting as the schema has it, and no other', () => {
  const documented = [
    ...read('configuration.md').matchAll(/^\| `(TIMS_\w+)` \| `([\w.]+)` \| (.*?) \| (.*) \|$/gm),
  ].map(([, variable, path, standard, description]) => ({ variable, path, standard, description }));
  const settings = settingDefinitions([whatsapp]).map(({ variable, path, schema }) => ({
    variable,
    path: path.join('.'),
    standard: 'default' in schema ? `\`${JSON.stringify(schema.default).replaceAll('"', '')}\`` : '',
    description: sentenceOf(schema),
  }));
  const byName = (a: { variable?: string }, b: { variable?: string }) =>
    (a.variable ?? '') < (b.variable ?? '') ? -1 : 1;
  expect(documented.sort(byName)).toEqual(settings.sort(byName));
});

/** `tims conversations list` and so on: the commands that do something. */
function leaves(command: Command, path: string[] = []): string[] {
  const here = [...path, command.name()];
  const own = command.commands.length === 0 || command.registeredArguments.length > 0;
  return [...(own ? [here.join(' ')] : []), ...command.commands.flatMap((one) => leaves(one, here))];
}

test('docs/cli.md names no command that is not there, and lists the exit codes', () => {
  const text = read('cli.md');
  const commands = leaves(createProgram());
  const named = [...text.matchAll(/`(tims [^`]+)`|^(?:npx )?(tims .+)$/gm)].map((match) => match[1] ?? match[2] ?? '');
  const known = (one: string) =>
    commands.some((command) => `${one} `.startsWith(`${command} `) || command.startsWith(`${one} `));
  expect(named.filter((one) => !known(one) && !one.startsWith('tims --') && !/^tims help\b/.test(one))).toEqual([]);
  for (const [name, code] of Object.entries(exitCodes)) {
    expect(text).toContain(`| ${code} | ${exitCodeSentences[name as keyof typeof exitCodes]} |`); // its own keys
  }
});

test('the examples of every command are commands that it understands', () => {
  const program = createProgram();
  const helps: string[] = [];
  const collect = (command: Command, path: string[]): void => {
    let text = '';
    command.configureOutput({ writeOut: (part) => (text += part) });
    command.outputHelp();
    expect(text, path.join(' ')).toMatch(/^Examples:\n {2}/);
    helps.push(text);
    for (const one of command.commands) collect(one, [...path, one.name()]);
  };
  collect(program, ['tims']);
  const examples = helps.flatMap((text) => (/^Examples:\n((?: {2}.+\n)+)/.exec(text)?.[1] ?? '').trim().split('\n'));
  const commands = leaves(createProgram());
  for (const example of examples) {
    expect(
      commands.some((command) => `${example} `.includes(`${command} `)),
      example,
    ).toBe(true);
  }
});

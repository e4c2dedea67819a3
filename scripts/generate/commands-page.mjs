import { markdownTable } from './markdown-table.mjs';

/** @typedef {ReturnType<typeof import('../../packages/cli/dist/program.js').createProgram>} Command */
/** @typedef {Command['options'][number]} Option */

/**
 * The reference of every command, from what the program itself says in its help: one section for each first word, one
 * below it for each command that does something.
 *
 * @param {Command} program
 * @returns {string} a page in Markdown
 */
export function commandsPage(program) {
  const visible = program.commands.filter((command) => command.name() !== 'help');
  return `${[
    '<!-- Written from the program by scripts/generate-commands.mjs. Do not edit. -->',
    '# Command reference',
    `Version ${program.version()}. The same is said by \`--help\` of each command; [how the command is used](../cli.md) says the rest.`,
    `## Options of every command {#options}\n\n${optionTable(program.options)}`,
    ...visible.map((command) => section(command, ['tims'])),
  ].join('\n\n')}\n`;
}

/** @returns {string} */
function section(/** @type {Command} */ command, /** @type {string[]} */ path) {
  const here = [...path, command.name()];
  const name = here.join(' ');
  const aliases = command.aliases().map((alias) => `\`${[...path, alias].join(' ')}\``);
  // One that takes words of its own does something, also where it has further commands.
  const leaf = command.commands.length === 0 || command.registeredArguments.length > 0;
  return [
    `${path.length === 1 ? '##' : '###'} ${name} {#${here.slice(1).join('-')}}`,
    `${sentence(command.description())}${aliases.length > 0 ? ` Also ${aliases.join(', ')}.` : ''}`,
    ...(leaf ? [`\`\`\`text\n${name} ${usage(command)}\n\`\`\``] : []),
    ...argumentTable(command),
    ...(leaf && command.options.length > 0 ? [optionTable(command.options)] : []),
    ...(leaf ? exampleBlock(command) : []),
    ...command.commands.filter((one) => one.name() !== 'help').map((one) => section(one, here)),
  ].join('\n\n');
}

/** Its arguments as they are written, and that it has options. */
function usage(/** @type {Command} */ command) {
  const given = command.registeredArguments.map((one) => {
    const name = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${name}>` : `[${name}]`;
  });
  return [...given, ...(command.options.length > 0 ? ['[options]'] : [])].join(' ');
}

/** @returns {string[]} nothing where no argument needs a word */
function argumentTable(/** @type {Command} */ command) {
  const rows = command.registeredArguments
    .filter((one) => one.description)
    .map((one) => [`\`${one.name()}\``, cell(one.description)]);
  return rows.length > 0 ? [markdownTable(['argument', 'meaning'], rows)] : [];
}

function optionTable(/** @type {readonly Option[]} */ options) {
  const shown = options.filter((option) => !option.hidden);
  return markdownTable(
    ['option', 'meaning'],
    shown.map((option) => [`\`${option.flags}\``, meaning(option)]),
  );
}

function meaning(/** @type {Option} */ { description, argChoices, defaultValue }) {
  const standard =
    defaultValue === undefined ? '' : `\`${JSON.stringify(defaultValue).replaceAll('"', '')}\` unless told`;
  const choices = argChoices ? `one of ${argChoices.map((choice) => `\`${choice}\``).join(', ')}` : '';
  return [cell(description), choices, standard].filter(Boolean).join('; ');
}

/** The examples with which its help begins. @returns {string[]} */
function exampleBlock(/** @type {Command} */ command) {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  const lines = /^Examples:\n((?: {2}.+\n)+)/.exec(help)?.[1]?.trimEnd().split('\n') ?? [];
  if (lines.length === 0) return [];
  const split = lines.map((line) => line.trim().split(/ {2,}/));
  const width = Math.max(...split.map(([example = '']) => example.length));
  const code = split.map(([example = '', what]) => (what ? `${example.padEnd(width)}  # ${what}` : example));
  return [
    `\`\`\`sh no-run="packages/cli/test/docs.test.ts reads the examples of every command"\n${code.join('\n')}\n\`\`\``,
  ];
}

const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function sentence(/** @type {string} */ text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

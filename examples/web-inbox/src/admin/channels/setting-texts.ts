import type { Answer, Channel, Team } from '@tims/sdk';
import type { Faults } from '../../forms/faults.js';
import type { Choice } from '../../forms/inputs.js';

export type ChannelKind = Answer<'channels.kinds'>['data'][number];
export type ChannelSetting = ChannelKind['settings'][number];

/** All that the form holds, as text: name, team and kind, and of each setting its value or that it goes. */
export type ChannelTexts = Record<string, string>;

export const settingKey = (name: string) => `config.${name}`;
export const removalKey = (name: string) => `removal.${name}`;

/** What the form begins with. Secrets are not known: theirs is empty. */
export function asTexts(channel: Channel | undefined, kind: ChannelKind, teams: readonly Team[]): ChannelTexts {
  return {
    kind: kind.kind,
    name: channel?.name ?? '',
    defaultTeamId: channel?.defaultTeamId ?? teams[0]?.id ?? '',
    ...Object.fromEntries(kind.settings.map(({ name }) => [settingKey(name), textOf(channel?.config[name])])),
  };
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** What can be said before the server looks at it, which judges the settings together. */
export function faultsOf(texts: ChannelTexts, kind: ChannelKind, channel: Channel | undefined): Faults<ChannelTexts> {
  const faults: Record<string, string | undefined> = {
    name: texts.name?.trim() ? undefined : 'Give it a name.',
    defaultTeamId: texts.defaultTeamId ? undefined : 'Choose a team.',
  };
  for (const { name, title, required, schema } of kind.settings) {
    const text = texts[settingKey(name)]?.trim() ?? '';
    if (text === '' && required && !channel?.secrets.includes(name)) faults[settingKey(name)] = `${title} is needed.`;
    if (text !== '' && !fits(text, schema)) faults[settingKey(name)] = 'It does not have the form that is wanted here.';
  }
  return faults;
}

function fits(text: string, { type, pattern }: ChannelSetting['schema']): boolean {
  if (type === 'number' || type === 'integer') return Number.isFinite(Number(text));
  return typeof pattern !== 'string' || new RegExp(pattern).test(text);
}

/** The settings that differ from before; null takes one away. */
export function changedConfig(kind: ChannelKind, before: ChannelTexts, texts: ChannelTexts): Record<string, unknown> {
  const changes = kind.settings.flatMap(({ name, schema }) => {
    if (texts[removalKey(name)]) return [[name, null]];
    const text = texts[settingKey(name)]?.trim() ?? '';
    if (text === before[settingKey(name)]) return [];
    return [[name, text === '' ? null : inItsForm(text, schema.type)]];
  });
  return Object.fromEntries(changes);
}

function inItsForm(text: string, type: unknown): unknown {
  if (type === 'boolean') return text === 'true';
  return type === 'number' || type === 'integer' ? Number(text) : text;
}

/** What there is to choose from, where it is not written freely. */
export function choicesOf({ schema, required }: ChannelSetting): readonly Choice[] | undefined {
  const values = schema.type === 'boolean' ? ['true', 'false'] : schema.enum;
  if (!Array.isArray(values)) return undefined;
  const none = required ? [] : [{ value: '', label: 'Not set' }];
  const names: Readonly<Record<string, string>> = { true: 'Yes', false: 'No' };
  return [...none, ...values.map(String).map((value) => ({ value, label: names[value] ?? value }))];
}

/** What is being changed here and was changed by somebody else meanwhile. */
export function overtaken(base: ChannelTexts, stored: ChannelTexts, typed: ChannelTexts): readonly string[] {
  return Object.keys(base).filter(
    (name) => stored[name] !== base[name] && typed[name] !== base[name] && typed[name] !== stored[name],
  );
}

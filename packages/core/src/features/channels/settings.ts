import type { TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import { fail } from '../../kernel/errors.js';
import { nearest } from '../../kernel/nearest.js';
import type { SecretBox } from '../../kernel/secrets.js';
import type { ChannelConfig, ChannelPlugin } from '../../plugin/index.js';
import type { ChannelRecord } from './repository.js';

/**
 * Checks a channel's settings against its plugin's schema.
 *
 * @throws TimsError `channel_settings_invalid` that names the setting and what was expected, never its value.
 */
export function demandValidSettings(plugin: ChannelPlugin, config: Record<string, unknown>): void {
  const known = Object.keys(plugin.config.properties);
  for (const name of Object.keys(config)) {
    if (known.includes(name)) continue;
    const guess = nearest(name, known);
    fail(
      'channel_settings_invalid',
      `${plugin.title} has no setting "${name}"${guess ? `; did you mean "${guess}"?` : ''}`,
    );
  }
  const [error] = Compile(plugin.config).Errors(config);
  if (error) fail('channel_settings_invalid', `${error.instancePath.slice(1) || 'config'} ${error.message}`);
}

/** The names of the settings that are secrets. */
export function secretNames(schema: TObject): string[] {
  return Object.entries(schema.properties)
    .filter(([, property]) => 'secret' in property && property.secret === true)
    .map(([name]) => name);
}

/** Where a sealed secret stands. */
type Place = Pick<ChannelRecord, 'organization' | 'id'>;

/** Binds a channel's sealed secrets to its row. */
function sealContext({ organization, id }: Place): string {
  return `channel ${organization} ${id}`;
}

/** A channel's settings as they are stored: the secrets sealed, and only their names told. */
export function sealSettings(box: SecretBox, plugin: ChannelPlugin, settings: ChannelConfig, place: Place) {
  const known = secretNames(plugin.config);
  const pick = (secret: boolean) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => known.includes(name) === secret));
  const secrets = pick(true);
  return {
    config: pick(false),
    secrets: box.seal(JSON.stringify(secrets), sealContext(place)),
    secretNames: Object.keys(secrets),
  };
}

/**
 * A channel's settings, secrets opened.
 *
 * @throws Error when they were sealed with another key.
 */
export function openSettings(box: SecretBox, record: Place & Pick<ChannelRecord, 'config' | 'secrets'>): ChannelConfig {
  const opened: ChannelConfig = JSON.parse(box.open(record.secrets, sealContext(record)));
  return { ...record.config, ...opened };
}

/** The settings with what is given of them changed, and null taken away. */
export function changedSettings(before: ChannelConfig, given: ChannelConfig): ChannelConfig {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null));
}

/** The names of the settings that are not the same in both. */
export function differing(before: ChannelConfig, after: ChannelConfig): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
}

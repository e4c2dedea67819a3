import type { TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import { fail } from '../../kernel/errors.js';
import { nearest } from '../../kernel/nearest.js';
import type { ChannelPlugin } from '../../plugin/index.js';

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

import type { ChannelPlugin, StoragePlugin } from '@tims/core/plugin';
import type { Settings } from './settings.js';

/** What `tims.config.ts` exports: settings, further plugins, and under a channel plugin's id its settings. */
export type Config = Partial<Settings> & {
  plugins?: readonly (ChannelPlugin | StoragePlugin)[];
  [plugin: string]: unknown;
};

/**
 * Declares the configuration; it is returned as it is, and the editor knows its shape. The environment wins over it.
 *
 * @example
 * import { defineConfig } from '@tims/server/config';
 *
 * export default defineConfig({ port: 4000, whatsapp: { graphVersion: 'v24.0' } });
 */
export function defineConfig(config: Config): Config {
  return config;
}

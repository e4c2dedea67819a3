import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { type ChannelConfig, type ChannelPlugin, SendError } from '../../plugin/index.js';

export function pluginOf(installation: Installation, kind: string): ChannelPlugin {
  const known = [...installation.channelPlugins.keys()];
  return (
    installation.channelPlugins.get(kind) ??
    fail('channel_settings_invalid', `There is no channel plugin "${kind}"; there are: ${known.join(', ') || 'none'}`)
  );
}

/** A number is one channel in the whole installation: nobody takes it for themselves unconfirmed. */
export function demandMaySkip(actor: UserActor): void {
  if (!actor.operator) fail('forbidden', 'Only an operator of the installation skips the provider’s confirmation');
}

/** Asks the provider whether a channel's settings work. */
export async function demandCredentials(
  installation: Installation,
  plugin: ChannelPlugin,
  config: ChannelConfig,
): Promise<void> {
  try {
    await plugin.setup?.({
      config,
      installation: installation.pluginSettings.get(plugin.id) ?? {},
      signal: AbortSignal.timeout(10_000),
    });
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    fail('channel_credentials_refused', `${plugin.title} says: ${error.message} (${error.code})`);
  }
}

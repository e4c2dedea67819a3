import { fail, type Installation } from '@tims/core';

/** Answers a provider's challenge with the channel's own verify token, or the installation's on the shared path. */
export async function handshake(
  installation: Installation,
  { kind, channelId }: { kind: string; channelId?: string },
  query: Record<string, string | undefined>,
): Promise<{ status: number; body: string }> {
  const plugin = installation.channelPlugins.get(kind);
  if (!plugin?.handshake) fail('not_found', `There is no webhook for ${kind}`);
  if (channelId === undefined) return plugin.handshake(query, installation.pluginSettings.get(kind) ?? {});
  const channel = await installation.channels.byId(channelId);
  if (channel?.kind !== kind) fail('not_found', `There is no ${kind} channel ${channelId}`);
  return plugin.handshake(query, channel.settings);
}

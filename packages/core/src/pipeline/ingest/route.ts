import type { KnownChannels, OpenChannel } from '../../features/channels/index.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import type { ChannelPlugin, InboundEvent, SignedRequest } from '../../plugin/index.js';
import type { Entry } from './piece.js';

/** Whose secret verified the request: the installation's (`own` undefined) or one channel's own. */
export interface Signer {
  plugin: ChannelPlugin;
  own?: OpenChannel;
}

/** @throws TimsError `not_found` where there is no such plugin. */
export function pluginOf(installation: Installation, kind: string): ChannelPlugin {
  return installation.channelPlugins.get(kind) ?? fail('not_found', `There is no channel plugin ${kind}`);
}

/** @throws TimsError `not_found` where the plugin has no such channel. */
export function signerOf(channels: KnownChannels, plugin: ChannelPlugin, channelId: string | undefined): Signer {
  if (channelId === undefined) return { plugin };
  const own = channels.byId(channelId);
  return own?.kind === plugin.id ? { plugin, own } : fail('not_found', `There is no ${plugin.id} channel ${channelId}`);
}

/** @throws TimsError `signature_invalid` */
export function demandSignature(installation: Installation, signer: Signer, request: SignedRequest): void {
  const secret = secretOf(installation, signer);
  if (!secret || !signer.plugin.verify(request, secret)) fail('signature_invalid');
}

function secretOf(installation: Installation, { plugin, own }: Signer): string | undefined {
  return own?.ownSecret ?? plugin.webhookSecret(installation.pluginSettings.get(plugin.id) ?? {});
}

/** Why a part of a request belongs to nobody here. */
export type Astray = 'unknown_shape' | 'unknown_address' | 'foreign_address';

/**
 * Finds each event's channel. An event is only accepted for a channel that its signer speaks for: nobody signs with
 * their own secret what carries another's number.
 */
export function routeEvents(
  channels: KnownChannels,
  signer: Signer,
  events: readonly InboundEvent[],
  receivedAt: number,
): { entries: Entry[]; astray: Set<Astray> } {
  const entries: Entry[] = [];
  const astray = new Set<Astray>();
  if (events.every(isUnreadable)) astray.add('unknown_shape');
  for (const event of events) {
    if (isUnreadable(event)) continue;
    const addressed = channels.byRoute(signer.plugin.id, event.route);
    const spokenFor = addressed.filter((channel) => speaksFor(signer, channel));
    for (const channel of spokenFor) entries.push({ channel, event, receivedAt });
    if (spokenFor.length === 0 && event.kind !== 'ignored') {
      astray.add(addressed.length > 0 ? 'foreign_address' : 'unknown_address');
    }
  }
  return { entries, astray };
}

/** A piece that says for nobody in particular that it could not be read. */
function isUnreadable(event: InboundEvent): boolean {
  return event.kind === 'ignored' && event.route.address === undefined && event.route.account === undefined;
}

function speaksFor({ own }: Signer, channel: OpenChannel): boolean {
  return own ? channel.id === own.id : channel.ownSecret === undefined;
}

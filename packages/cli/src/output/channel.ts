import type { Channel } from '@tims/sdk';
import type { Names } from '../names.js';
import { facts } from './facts.js';

/** A channel, without its secrets; `url` is where its provider reaches the server. */
export function channelText(channel: Channel, names: Names, url: string): string {
  return facts([
    ['id', channel.id],
    ['kind', channel.kind],
    ['name', channel.name],
    ['address', channel.address],
    ['account', channel.account ?? ''],
    ['default team', names.team(channel.defaultTeamId)],
    ['active', channel.active ? 'yes' : 'no'],
    ...Object.entries(channel.config).map(([name, value]): [string, string] => [name, String(value)]),
    ['secrets', channel.secrets.join(', ')],
    ['own webhook', publicAddress(url) + channel.webhookPath],
  ]);
}

export function publicAddress(url: string): string {
  return process.env.TIMS_PUBLIC_URL?.replace(/\/+$/, '') || url;
}

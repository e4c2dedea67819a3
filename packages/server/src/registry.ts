import whatsapp from '@tims/channel-whatsapp';
import type { ChannelPlugin, StoragePlugin } from '@tims/core/plugin';
import mysql from '@tims/storage-mysql';
import sqlite from '@tims/storage-sqlite';
import { Settings } from './settings.js';

/** The plugins of this installation. */
export interface Registry {
  channels: ChannelPlugin[];
  storages: StoragePlugin[];
}

/** What is in the box. A storage plugin loads its driver only when its database is opened. */
const builtIn: Registry = { channels: [whatsapp], storages: [sqlite, mysql] };

/**
 * The built-in plugins and those of the config file, which take the place of a built-in one with the same id.
 *
 * @param listed `plugins` of the config file.
 */
export function registerPlugins(listed: unknown, file: string): { registry: Registry; problems: string[] } {
  const registry: Registry = { channels: [...builtIn.channels], storages: [...builtIn.storages] };
  if (listed === undefined) return { registry, problems: [] };
  if (!Array.isArray(listed)) return { registry, problems: [`plugins in ${file} must be a list of plugins.`] };
  const problems: string[] = [];
  const seen = new Set<string>();
  listed.forEach((plugin: unknown, index) => {
    const fault = faultOf(plugin, index, seen);
    if (fault !== undefined) problems.push(`${fault} (${file})`);
    else if (isChannel(plugin)) registry.channels = [...registry.channels.filter(({ id }) => id !== plugin.id), plugin];
    else if (isStorage(plugin)) registry.storages = [...registry.storages.filter(({ id }) => id !== plugin.id), plugin];
  });
  return { registry, problems };
}

function faultOf(plugin: unknown, index: number, seen: Set<string>): string | undefined {
  if (!isObject(plugin) || typeof plugin.id !== 'string') {
    return `plugins[${index}] is no plugin: it needs to come from defineChannel or defineStorage.`;
  }
  const name = `The plugin "${plugin.id}"`;
  const { kind, apiVersion } = plugin;
  if (kind !== 'channel' && kind !== 'storage') {
    return `${name} is of the kind ${JSON.stringify(kind)}; this TIMS knows "channel" and "storage".`;
  }
  if (apiVersion !== 1) {
    return `${name} is written for plugin API ${JSON.stringify(apiVersion)}; this TIMS has API 1. Install a version of it that fits.`;
  }
  if (seen.has(plugin.id)) return `${name} is listed twice.`;
  seen.add(plugin.id);
  if (plugin.id in Settings.properties || plugin.id === 'plugins') {
    return `${name} has the name of a setting; its own settings would have no place.`;
  }
  if (kind === 'channel' && !isChannel(plugin)) return `${name} gives no schema of its settings ("installation").`;
  if (kind === 'storage' && !isStorage(plugin)) return `${name} gives no "schemes" or no "open".`;
  return undefined;
}

function isChannel(plugin: unknown): plugin is ChannelPlugin {
  return has(plugin, { kind: 'channel' }) && isObject(plugin.installation) && isObject(plugin.installation.properties);
}

function isStorage(plugin: unknown): plugin is StoragePlugin {
  return has(plugin, { kind: 'storage' }) && Array.isArray(plugin.schemes) && typeof plugin.open === 'function';
}

function has(value: unknown, { kind }: { kind: string }): value is Record<string, unknown> {
  return isObject(value) && value.kind === kind;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

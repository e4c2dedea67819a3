import { resolve } from 'node:path';
import type { InstallationSettings } from '@tims/core/plugin';
import { type ConfigFile, ConfigFileError, readConfigFile, settingsOfFile } from './config.js';
import { type GivenSetting, readEnvironment } from './env.js';
import { type Registry, registerPlugins } from './registry.js';
import { faultOf } from './setting-values.js';
import { type SettingDefinition, type Settings, settingDefinitions } from './settings.js';

/** All settings with their defaults, and the plugins that they are for. */
export interface LoadedSettings extends Settings {
  /** Absolute. */
  dataDir: string;
  databaseUrl: string;
  /** The installation's settings of each channel plugin, by plugin id. */
  pluginSettings: Record<string, InstallationSettings>;
  registry: Registry;
  /** The config file that was read; undefined where there is none. */
  file: string | undefined;
}

/** Settings that are wrong; the message has one line for each, and no values of secrets. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

export interface LoadOptions {
  /** Where the config file is looked for and relative paths begin; the working directory unless told. */
  folder?: string;
  /** The process's own unless told. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Reads the environment and the config file; the environment wins.
 *
 * @throws SettingsError with everything that is wrong, not only the first.
 */
export async function loadSettings({ folder = process.cwd(), env }: LoadOptions = {}): Promise<LoadedSettings> {
  const { file, problems } = await readFile(folder);
  const plugins = registerPlugins(file?.content.plugins, file?.name ?? '');
  const definitions = settingDefinitions(plugins.registry.channels);
  const fromFile = file ? settingsOfFile(file, definitions) : { settings: [], problems: [] };
  const fromEnvironment = readEnvironment(definitions, env);
  const given = merge(fromFile.settings, fromEnvironment.settings);
  const faults = given
    .map(({ definition, value, name }) => faultOf(definition, value, name))
    .filter((fault) => fault !== undefined);
  const settings = valuesUnder([], definitions, given) as Settings; // each value was checked above
  const dataDir = resolve(folder, settings.dataDir);
  const databaseUrl = settings.databaseUrl ?? `sqlite:${dataDir}/tims.db`;
  const all = [
    ...problems,
    ...plugins.problems,
    ...fromFile.problems,
    ...fromEnvironment.problems,
    ...faults,
    ...databaseFault(databaseUrl, plugins.registry, given),
  ];
  if (all.length > 0) throw new SettingsError(all);
  const pluginSettings = Object.fromEntries(
    plugins.registry.channels.map(({ id }) => [id, valuesUnder([id], definitions, given)]),
  );
  return { ...settings, dataDir, databaseUrl, pluginSettings, registry: plugins.registry, file: file?.name };
}

async function readFile(folder: string): Promise<{ file?: ConfigFile | undefined; problems: string[] }> {
  try {
    return { file: await readConfigFile(folder), problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error;
    return { problems: [error.message] };
  }
}

/** What the later list gives replaces what the earlier one gave. */
function merge(...lists: GivenSetting[][]): GivenSetting[] {
  return [...new Map(lists.flat().map((setting) => [setting.definition.variable, setting])).values()];
}

/** The settings right under a place of the config file, defaults filled in. */
function valuesUnder(
  parents: readonly string[],
  definitions: readonly SettingDefinition[],
  given: readonly GivenSetting[],
): Record<string, unknown> {
  const here = definitions.filter(
    ({ path }) => path.length === parents.length + 1 && parents.every((name, index) => path[index] === name),
  );
  const entries = here.map((definition) => {
    const setting = given.find((one) => one.definition === definition);
    const standard = 'default' in definition.schema ? definition.schema.default : undefined;
    return [definition.path.at(-1) ?? '', setting ? setting.value : standard] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function databaseFault(url: string, { storages }: Registry, given: readonly GivenSetting[]): string[] {
  const scheme = /^([a-z][a-z0-9+.-]*):/.exec(url)?.[1];
  // A text without a scheme was complained about already.
  if (scheme === undefined || storages.some(({ schemes }) => schemes.includes(scheme))) return [];
  const known = storages.flatMap(({ schemes }) => schemes.map((one) => `${one}:`));
  const name = given.find(({ definition }) => definition.path.join('.') === 'databaseUrl')?.name ?? 'The database URL';
  return [`${name} begins with "${scheme}:", which no storage plugin serves; there are ${known.join(', ')}.`];
}

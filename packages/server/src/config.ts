import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest } from '@tims/core';
import type { GivenSetting, GivenSettings } from './env.js';
import type { SettingDefinition } from './settings.js';

const names = ['tims.config.ts', 'tims.config.mjs', 'tims.config.js'];

export interface ConfigFile {
  /** Its name, for messages. */
  name: string;
  /** What it exports by default. */
  content: Record<string, unknown>;
}

/**
 * The config file of the folder; undefined where there is none, which is the usual case and loads nothing.
 *
 * @throws ConfigFileError when it cannot be read, or exports no object.
 */
export async function readConfigFile(folder: string): Promise<ConfigFile | undefined> {
  const name = names.find((candidate) => existsSync(join(folder, candidate)));
  if (name === undefined) return undefined;
  const content = await load(join(folder, name)).catch((error: unknown) => {
    throw new ConfigFileError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ConfigFileError(`${name} must \`export default defineConfig({ … })\`; it exports no object.`);
  }
  return { name, content: { ...content } };
}

export class ConfigFileError extends Error {
  override readonly name = 'ConfigFileError';
}

async function load(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  // Wherever the file lies, these are the TIMS that reads it.
  const ours = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const jiti = createJiti(file, {
    fsCache: false,
    moduleCache: false,
    alias: {
      '@tims/server/config': ours(import.meta.url.endsWith('.ts') ? './define-config.ts' : './define-config.js'),
      '@tims/core/plugin': fileURLToPath(import.meta.resolve('@tims/core/plugin')),
    },
  });
  return jiti.import(file, { default: true });
}

/** The settings in the file; `plugins` is read elsewhere. Keys that no setting has are problems. */
export function settingsOfFile(
  { name: file, content }: ConfigFile,
  definitions: readonly SettingDefinition[],
): GivenSettings {
  const given: GivenSettings = { settings: [], problems: [] };
  const sections = new Set(definitions.filter(({ path }) => path.length > 1).map(({ path }) => path[0] ?? ''));
  const read = (object: Record<string, unknown>, parents: string[]): void => {
    for (const [key, value] of Object.entries(object)) {
      const path = [...parents, key];
      if (value === undefined || (parents.length === 0 && key === 'plugins')) continue;
      if (parents.length === 0 && sections.has(key)) {
        if (isObject(value)) read(value, path);
        else given.problems.push(`${key} in ${file} must be an object with the plugin's settings.`);
        continue;
      }
      const setting = settingAt(path, value, file, definitions);
      if (setting) given.settings.push(setting);
      else given.problems.push(unknownKey(path, file, definitions, sections));
    }
  };
  read(content, []);
  return given;
}

function settingAt(
  path: string[],
  value: unknown,
  file: string,
  definitions: readonly SettingDefinition[],
): GivenSetting | undefined {
  const dotted = path.join('.');
  const definition = definitions.find((one) => one.path.join('.') === dotted);
  return definition && { definition, value, name: `${dotted} in ${file}` };
}

function unknownKey(
  path: string[],
  file: string,
  definitions: readonly SettingDefinition[],
  sections: ReadonlySet<string>,
): string {
  const known = [...definitions.map((one) => one.path.join('.')), ...sections, 'plugins'];
  const near = nearest(path.join('.'), known);
  const hint = near ? `Did you mean ${near}?` : 'docs/configuration.md lists them all.';
  return `${path.join('.')} in ${file} is no setting. ${hint}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { nearest } from '@tims/core';
import { valueOfText } from './setting-values.js';
import type { SettingDefinition } from './settings.js';

/** A value that somebody gave, and where, for messages. */
export interface GivenSetting {
  definition: SettingDefinition;
  value: unknown;
  /** `TIMS_PORT`, or `port in tims.config.ts`. */
  name: string;
}

export interface GivenSettings {
  settings: GivenSetting[];
  /** What is wrong, a sentence each. */
  problems: string[];
}

/** Names that belong to the command as a client and to the tests; the server has no such settings. */
const notOurs = /^TIMS_(URL|TOKEN|PROFILE|DOCS_PORT|TEST_.*)$/;

/** The settings among the `TIMS_…` variables. An empty one counts as not set. */
export function readEnvironment(
  definitions: readonly SettingDefinition[],
  env: NodeJS.ProcessEnv = process.env,
): GivenSettings {
  const given: GivenSettings = { settings: [], problems: [] };
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('TIMS_') || notOurs.test(name) || text === undefined || text === '') continue;
    const definition = definitions.find((one) => one.variable === name);
    if (definition) given.settings.push({ definition, value: valueOfText(definition.schema, text), name });
    else given.problems.push(unknownVariable(name, definitions));
  }
  return given;
}

function unknownVariable(name: string, definitions: readonly SettingDefinition[]): string {
  const near = nearest(
    name,
    definitions.map(({ variable }) => variable),
  );
  return `${name} is no setting.${near ? ` Did you mean ${near}?` : ' docs/configuration.md lists them all.'}`;
}

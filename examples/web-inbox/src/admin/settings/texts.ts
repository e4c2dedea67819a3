import type { OrganizationSettings } from '@tims/sdk';
import type { Faults } from '../../forms/faults.js';
import { type SettingField, settingFields } from './fields.js';

/** The settings as they stand in inputs: all of them texts. */
export type SettingTexts = { readonly [K in keyof OrganizationSettings]: string };

const names = Object.keys(settingFields) as (keyof OrganizationSettings)[]; // its own keys

export function asTexts(settings: OrganizationSettings): SettingTexts {
  const texts = names.map((name) => {
    const value = settings[name];
    return [name, Array.isArray(value) ? value.join(', ') : String(value)];
  });
  return Object.fromEntries(texts) as SettingTexts; // one for each name
}

/** What the server is sent of those that differ. */
export function asPatch(before: SettingTexts, after: SettingTexts): Partial<OrganizationSettings> {
  const changed = names.filter((name) => after[name] !== before[name]);
  return Object.fromEntries(changed.map((name) => [name, asValue(settingFields[name], after[name])])); // as the field says
}

export function faultsOf(texts: SettingTexts): Faults<SettingTexts> {
  return Object.fromEntries(names.map((name) => [name, faultOf(settingFields[name], texts[name])]));
}

function faultOf(field: SettingField, text: string): string | undefined {
  if (field.type === 'number') {
    const { min, max } = field;
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return undefined;
    return `A whole number from ${min} to ${max.toLocaleString('en')}.`;
  }
  if (field.type === 'words') {
    const words = wordsOf(text);
    if (words.length === 0) return 'One at least.';
    if (words.length > field.most) return `${field.most} at most.`;
    const twice = words.find((word, index) => words.indexOf(word) !== index);
    if (twice !== undefined) return `“${twice}” stands there twice.`;
    const wrong = words.find((word) => !field.pattern.test(word));
    return wrong === undefined ? undefined : `“${wrong}” has something in it that it cannot have.`;
  }
  return undefined;
}

function asValue(field: SettingField, text: string): unknown {
  if (field.type === 'number') return Number(text);
  return field.type === 'words' ? wordsOf(text) : text;
}

function wordsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

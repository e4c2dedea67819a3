import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { SettingDefinition } from './settings.js';

/** A text of the environment as the value that the schema wants; the text itself where it is none. */
export function valueOfText(schema: TSchema, text: string): unknown {
  const type = typeOf(schema);
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'array')
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return text;
}

/**
 * What is wrong with the value, as a sentence that names the setting; undefined when nothing is.
 *
 * @param name how the person wrote it: `TIMS_PORT`, or `port in tims.config.ts`.
 */
export function faultOf({ schema, secret }: SettingDefinition, value: unknown, name: string): string | undefined {
  if (Compile(schema).Check(value)) return undefined;
  const given = secret ? '' : `, not ${JSON.stringify(value)}`;
  return `${name} must be ${expectation(schema)}${given}.`;
}

/** What a schema wants, in words. */
export function expectation(schema: TSchema): string {
  const { minimum, maximum, minLength, maxLength, pattern } = limitsOf(schema);
  const example = exampleOf(schema);
  switch (typeOf(schema)) {
    case 'integer':
    case 'number': {
      const noun = typeOf(schema) === 'integer' ? 'a whole number' : 'a number';
      if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
      return minimum === undefined ? noun : `${noun}, at least ${minimum}`;
    }
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${example}`;
    case 'enum':
      return `one of ${choices(schema).join(', ')}`;
    default:
      if (pattern?.startsWith('^https?://')) return `an address that begins with http:// or https://${example}`;
      if (pattern !== undefined) return example ? `a text${example}` : `a text like ${pattern}`;
      if (minLength !== undefined && minLength > 1) {
        return `a text of ${maxLength === undefined ? `at least ${minLength}` : `${minLength} to ${maxLength}`} characters`;
      }
      return 'a text that is not empty';
  }
}

/** The keywords that are said in words; typebox's own types tell them apart per schema kind. */
interface Limits {
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

function limitsOf(schema: TSchema): Limits {
  return schema as Limits; // JSON Schema keywords: absent where the kind has none
}

function typeOf(schema: TSchema): string | undefined {
  if (choices(schema).length > 0) return 'enum';
  return 'type' in schema && typeof schema.type === 'string' ? schema.type : undefined;
}

function choices(schema: TSchema): unknown[] {
  return 'enum' in schema && Array.isArray(schema.enum) ? schema.enum : [];
}

function exampleOf(schema: TSchema): string {
  const examples = 'examples' in schema && Array.isArray(schema.examples) ? schema.examples : [];
  return examples.length > 0 ? `, such as ${examples.join(' or ')}` : '';
}

import { type ApiDocument, nameOf, resolve, type Schema } from './document.js';

const idPattern = /^\^([a-z]{3})_\[/;
const things: Record<string, string> = {
  chn: 'channel',
  cnv: 'conversation',
  con: 'contact',
  idn: 'identity',
  inf: 'inbound failure',
  msg: 'message',
  org: 'organization',
  tem: 'team',
  usr: 'user',
};

/** What a value is, in a word or two of Markdown. */
export function typeText(document: ApiDocument, schema: Schema): string {
  if (schema.$ref) return `[${nameOf(schema.$ref)}](/api/shapes#${anchorOf(nameOf(schema.$ref))})`;
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => typeText(document, one)))].join(' or ');
  if (schema.enum) return schema.enum.length > 12 ? 'string' : schema.enum.map((one) => `\`${one}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeText(document, schema.items ?? {})}`;
  if (schema.type === 'object') return 'object';
  if (schema.format === 'date-time') return 'time';
  const prefix = idPattern.exec(schema.pattern ?? '')?.[1];
  if (prefix) {
    const several = schema.pattern?.includes('(,') ? 'ids' : 'id';
    return `${things[prefix] ?? prefix} ${several}`;
  }
  return schema.type ?? 'anything';
}

/** Limits and defaults that a caller has to know, as a sentence; empty where there are none. */
export function limitText(schema: Schema): string {
  const { minimum, maximum, maxLength, maxItems } = schema;
  const said = [
    minimum !== undefined && maximum !== undefined ? `from ${minimum} to ${maximum}` : '',
    maxLength !== undefined ? `at most ${maxLength.toLocaleString('en')} characters` : '',
    maxItems !== undefined ? `at most ${maxItems}` : '',
    schema.default !== undefined ? `\`${JSON.stringify(schema.default)}\` unless told` : '',
  ].filter((part) => part !== '');
  return said.join(', ');
}

interface Row {
  name: string;
  type: string;
  required: boolean;
  meaning: string;
}

/** The fields of an object, those of objects within it included, as `teams[].id`. */
export function fieldRows(document: ApiDocument, schema: Schema, before = ''): Row[] {
  const { properties = {}, required = [] } = resolve(document, schema);
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${before}${name}`;
    const row = {
      name: path,
      type: typeText(document, field),
      required: required.includes(name),
      meaning: [describe(field), limitText(field)].filter((part) => part !== '').join('; '),
    };
    return [row, ...inner(document, field, path)];
  });
}

function inner(document: ApiDocument, field: Schema, path: string): Row[] {
  if (field.$ref) return [];
  if (field.type === 'array' && field.items) return inner(document, field.items, `${path}[]`);
  if (field.type === 'object') return fieldRows(document, field, `${path}.`);
  const object = field.anyOf?.filter(({ type }) => type === 'object') ?? [];
  return object.length === 1 && object[0] ? fieldRows(document, object[0], `${path}.`) : [];
}

/** A nullable field has its description at the branch that is not null. */
function describe(field: Schema): string {
  return field.description ?? field.anyOf?.find(({ description }) => description)?.description ?? '';
}

/** @param marks whether what must be there is marked; in answers everything is there */
export function table(rows: Row[], { marks }: { marks: boolean }): string {
  const lines = rows.map(({ name, type, required, meaning }) => {
    const mark = marks && required ? ' <Badge type="warning" text="required" />' : '';
    const text = [type, ...(meaning ? [meaning] : [])].map(cell).join('<br>');
    return `| \`${name}\`${mark} | ${text} |`;
  });
  return ['| field | what it is |', '| --- | --- |', ...lines].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('{{', '{&#8203;{');

export const anchorOf = (name: string) => name.toLowerCase();

import type { ContactAttribute, ContactImport } from '@tims/sdk';
import type { Choice } from '../../forms/inputs.js';

/** What a column can hold, in words (docs/contact-imports.md); attributes are beside them. */
const ownFields: readonly Choice[] = [
  { value: 'name', label: 'Name' },
  { value: 'address', label: 'Address: where they are written to' },
  { value: 'kind', label: 'Kind' },
  { value: 'tags', label: 'Tags' },
  { value: 'id', label: 'ID, as an export writes it' },
];

export const leftOut = 'ignore';

/** What can be said of a column. */
export function fieldChoices(attributes: readonly ContactAttribute[]): readonly Choice[] {
  return [
    { value: '', label: 'Choose what it holds…' },
    ...ownFields,
    ...attributes.map(({ key, name }) => ({ value: `attributes.${key}`, label: name })),
    { value: leftOut, label: 'Leave it out' },
  ];
}

/** What is wrong with what was said of each column; undefined where it is clear. */
export function columnFaults(columns: ContactImport['columns'], fields: readonly string[]): (string | undefined)[] {
  return fields.map((field, index) => {
    if (field === '') return 'Say what it holds, or leave it out.';
    if (field === leftOut) return undefined;
    const other = fields.findIndex((one, at) => one === field && at !== index);
    return other < 0 ? undefined : `“${columns[other]?.column ?? ''}” holds that already. Leave one of them out.`;
  });
}

/** Only what was said otherwise than it was found. */
export function changedColumns(columns: ContactImport['columns'], fields: readonly string[]): ContactImport['columns'] {
  return columns.flatMap(({ column, field }, index) => {
    const said = fields[index] ?? '';
    return said === '' || said === field ? [] : [{ column, field: said }];
  });
}

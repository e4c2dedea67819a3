import { fail } from '../../kernel/errors.js';
import { comparable } from '../../kernel/text.js';
import { type AttributeColumn, fieldOfAttribute } from './attributes.js';
import type { ImportColumn } from './schema.js';

/** What a contact has of itself; its attributes are beside them, as `attributes.<key>`. */
export const ownFields = ['id', 'name', 'kind', 'tags', 'address'] as const;
const fieldsThatRest = ['created_at'];

/** What people call a field, as it is compared. */
const otherNames: Record<string, (typeof ownFields)[number]> = {
  'contact id': 'id',
  contact: 'name',
  'contact name': 'name',
  'full name': 'name',
  type: 'kind',
  tag: 'tags',
  label: 'tags',
  labels: 'tags',
  phone: 'address',
  'phone number': 'address',
  mobile: 'address',
  'mobile number': 'address',
  number: 'address',
  whatsapp: 'address',
  'whatsapp number': 'address',
  email: 'address',
  'e-mail': 'address',
};

/** The field that each column names: TIMS' own word, an attribute's key or name, or what people call it. */
export function findColumns(headings: readonly string[], attributes: readonly AttributeColumn[]): ImportColumn[] {
  const taken = new Set<string>();
  return headings.map((column) => {
    const field = fieldOf(comparable(column), attributes);
    if (field === null || field === 'ignore') return { column, field };
    // Two columns for one field: which one is meant is for people to say.
    if (taken.has(field)) return { column, field: null };
    taken.add(field);
    return { column, field };
  });
}

function fieldOf(heading: string, attributes: readonly AttributeColumn[]): string | null {
  const own = ownFields.find((field) => field === heading);
  if (own) return own;
  if (fieldsThatRest.includes(heading)) return 'ignore';
  const attribute =
    attributes.find(({ key }) => heading === comparable(fieldOfAttribute(key)) || heading === comparable(key)) ??
    attributes.find(({ name }) => heading === comparable(name));
  if (attribute) return fieldOfAttribute(attribute.key);
  return otherNames[heading] ?? null;
}

/**
 * The columns as they were found, with what was said of some of them.
 *
 * @throws TimsError `import_columns_unclear`, `validation_failed`
 */
export function chosenColumns(
  found: readonly ImportColumn[],
  said: readonly ImportColumn[],
  attributes: readonly AttributeColumn[],
): ImportColumn[] {
  const fields = new Map(said.map(({ column, field }) => [comparable(column), field]));
  const unknown = said.find(({ column }) => !found.some((one) => comparable(one.column) === comparable(column)));
  if (unknown) refuse(`The file has no column “${unknown.column}”`);
  const known = new Set<string>([...ownFields, 'ignore', ...attributes.map(({ key }) => fieldOfAttribute(key))]);
  const columns = found.map(({ column, field }) => ({ column, field: fields.get(comparable(column)) ?? field }));
  for (const { field } of columns) {
    if (field !== null && !known.has(field)) refuse(`There is no field “${field}”`);
  }
  demandClear(columns);
  return columns;
}

function demandClear(columns: readonly ImportColumn[]): void {
  const unclear = columns.filter(({ field }) => field === null).map(({ column }) => column);
  if (unclear.length > 0) {
    const names = unclear.map((column) => `“${column}”`).join(', ');
    fail('import_columns_unclear', `Nothing is known of ${names}`, { columns: unclear });
  }
  const used = columns.filter(({ field }) => field !== 'ignore');
  const twice = used.filter(({ field }, index) => used.findIndex((one) => one.field === field) !== index);
  const [first] = twice;
  if (first) {
    const both = used.filter(({ field }) => field === first.field).map(({ column }) => column);
    const names = both.map((column) => `“${column}”`).join(' and ');
    fail('import_columns_unclear', `${names} are both taken for ${first.field}`, { columns: both });
  }
  if (used.length === 0) {
    fail('import_columns_unclear', 'Every column is left out', { columns: columns.map(({ column }) => column) });
  }
}

function refuse(message: string): never {
  fail('validation_failed', undefined, { errors: [{ path: '/body/columns', message }] });
}

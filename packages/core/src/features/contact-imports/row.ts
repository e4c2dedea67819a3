import { idPattern } from '../../kernel/ids.js';
import { comparable } from '../../kernel/text.js';
import type { Person } from '../../plugin/index.js';
import { type AttributeValue, readAttributes } from '../contact-attributes/index.js';
import type { Tag } from '../tags/index.js';
import { type AttributeColumn, fieldOfAttribute } from './attributes.js';
import type { ImportColumn } from './schema.js';

/** What a row says of a contact; what it does not say stays as it is. */
export interface RowContent {
  id: string | undefined;
  name: string | undefined;
  kind: string | undefined;
  /** To be put on; none is taken off. */
  tagIds: string[];
  attributes: Record<string, AttributeValue>;
  person: Person | undefined;
}

/** What it takes to understand a row. */
export interface RowReader {
  columns: readonly ImportColumn[];
  attributes: readonly AttributeColumn[];
  kinds: readonly string[];
  tags: readonly Tag[];
  /** The channel that the addresses are of. */
  channel: { title: string; person(to: string): Person | undefined } | undefined;
}

const longestName = 500;
const contactId = new RegExp(idPattern('contact'));

/** A row's content, or everything that is wrong with it. */
export function readRow(cells: readonly string[], reader: RowReader): RowContent | { fault: string } {
  const faults: string[] = [];
  const given = new Map<string, { text: string; column: string }>();
  reader.columns.forEach(({ column, field }, index) => {
    const text = cells[index]?.trim() ?? '';
    if (field !== null && field !== 'ignore' && text !== '') given.set(field, { text, column });
  });
  const take = <T>(field: string, read: (text: string) => T | undefined, fault: string): T | undefined => {
    const cell = given.get(field);
    const value = cell && read(cell.text);
    if (cell && value === undefined) faults.push(`${cell.column}: ${fault}`);
    return value;
  };
  const content: RowContent = {
    id: take('id', (text) => (contactId.test(text) ? text : undefined), 'it is no id of a contact'),
    name: take('name', nameOf, `a name has at most ${longestName} characters`),
    kind: take('kind', (text) => kindOf(reader.kinds, text), `the kinds are ${reader.kinds.join(', ')}`),
    tagIds: tagsOf(reader.tags, given.get('tags'), faults),
    attributes: attributeValues(reader, given, faults),
    person: take(
      'address',
      (text) => reader.channel?.person(text),
      reader.channel ? `${reader.channel.title} cannot read the address` : 'there is no channel for it',
    ),
  };
  if (faults.length > 0) return { fault: faults.join('; ') };
  return given.size > 0 ? content : { fault: 'It holds nothing in the columns that are taken' };
}

function nameOf(text: string): string | undefined {
  return text.length <= longestName ? text : undefined;
}

function kindOf(kinds: readonly string[], text: string): string | undefined {
  return kinds.find((kind) => kind === comparable(text) || kind === comparable(text).replaceAll(' ', '_'));
}

/** One tag, or several with `|` between them as they are exported; also with commas or semicolons. */
function tagsOf(tags: readonly Tag[], cell: { text: string; column: string } | undefined, faults: string[]): string[] {
  if (!cell) return [];
  const find = (name: string) => tags.find((tag) => comparable(tag.name) === comparable(name));
  const whole = find(cell.text);
  if (whole) return [whole.id];
  const names = cell.text.split(cell.text.includes('|') ? '|' : /[,;]/).map((name) => name.trim());
  const unknown = names.filter((name) => name !== '' && !find(name)).map((name) => `“${name.slice(0, 50)}”`);
  if (unknown.length > 0) faults.push(`${cell.column}: there is no tag ${unknown.slice(0, 5).join(', ')}`);
  return [...new Set(names.flatMap((name) => find(name)?.id ?? []))];
}

function attributeValues(
  { attributes, columns }: RowReader,
  given: ReadonlyMap<string, { text: string }>,
  faults: string[],
): Record<string, AttributeValue> {
  const cells = attributes.flatMap(({ key }) => {
    const cell = given.get(fieldOfAttribute(key));
    return cell ? [[key, cell.text] as const] : [];
  });
  const { values, faults: found } = readAttributes(attributes, Object.fromEntries(cells));
  for (const { key, message } of found) {
    const column = columns.find(({ field }) => field === fieldOfAttribute(key))?.column ?? key;
    faults.push(`${column}: it ${message}`);
  }
  // An empty cell says nothing, so nothing here is taken away.
  const told = Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  return Object.fromEntries(told);
}

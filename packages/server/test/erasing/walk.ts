import type { TestDatabase } from '@tims/testing';

/** Where one of the words stands: `table.column`, each once. Every table and column is read, whoever's it is. */
export async function placesOf(database: TestDatabase, words: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const table of await tablesOf(database)) {
    const rows: Record<string, unknown>[] = await database.storage.reader(table);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (says(value, words)) found.add(`${table}.${column}`);
      }
    }
  }
  return [...found].sort();
}

async function tablesOf({ name, storage }: TestDatabase): Promise<string[]> {
  const tables: string[] =
    name === 'SQLite'
      ? await storage.reader('sqlite_master').where('type', 'table').pluck('name')
      : await storage.reader('information_schema.tables').whereRaw('table_schema = database()').pluck('table_name');
  if (tables.length < 40) throw new Error('These are not all tables');
  return tables;
}

function says(value: unknown, words: readonly string[]): boolean {
  if (value === null || typeof value === 'number') return false;
  const texts = Buffer.isBuffer(value) ? [value.toString('utf8'), value.toString('latin1')] : [String(value)];
  return texts.some((text) => {
    const read = plain(text);
    return words.some((word) => read.includes(word));
  });
}

/** In small letters, without accents, and without what JSON escapes. */
function plain(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
}

/** The forms in which a number can stand: its digits, as people write it, and inside what is base 64. */
export function formsOf(phone: string): string[] {
  const inside = [0, 1, 2].map((shift) => {
    const coded = Buffer.concat([Buffer.alloc(shift), Buffer.from(phone)]).toString('base64');
    // Only the middle does not depend on what stands beside it.
    return coded.slice(shift === 0 ? 0 : 4, -4).toLowerCase();
  });
  return [phone, ...inside];
}

/** An id as WhatsApp makes them: with the number inside. */
export function wamidOf(phone: string, serial: number): string {
  const body = Buffer.concat([
    Buffer.from([0x1d, 0x04, 0x0b]),
    Buffer.from(phone),
    Buffer.from([0x15, 0x02, 0x00, 0x12, 0x18, 0x14]),
    Buffer.from(`3EB0${String(serial).padStart(14, 'C')}`),
  ]);
  return `wamid.${body.toString('base64')}`;
}

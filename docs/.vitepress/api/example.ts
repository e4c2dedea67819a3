import { type ApiDocument, resolve, type Schema } from './document.js';

/** The 26 characters of every example id; tests put real ones in their place. */
export const exampleId = '01hzy3v9k2e7q8m4n5p6r7s8t9';

/** Values that read like a day at work; what is not here comes from the schema. */
const values: Record<string, unknown> = {
  address: '106540352242922',
  account: '102290129340398',
  accessToken: 'eyJhbGciOiJIUzI1NiJ9…',
  allowed: ['text'],
  asOf: 'c.1042.5f2c8f0e',
  cursor: 'c.1042.5f2c8f0e',
  detail: 'No channel has the address 106540352242922',
  email: 'aisyah@example.com',
  handlerVersion: 3,
  key: 'cx',
  keys: [{ type: 'phone', value: '+60123456789' }],
  kind: 'whatsapp',
  name: 'Aisyah',
  nextCursor: null,
  password: 'correct horse battery',
  phoneNumberId: '106540352242922',
  preview: 'Is the lesson at four?',
  rank: 10,
  reason: null,
  refreshToken: 'rt_5f2c8f0e6c0b4a4e9d0b',
  role: 'agent',
  text: 'Good morning! The lesson is at four.',
  link: 'http://127.0.0.1:4000/invite?token=lk_5f2c8f0e6c0b4a4e9d0b',
  ticket: 'tk_5f2c8f0e6c0b4a4e9d0b',
  timeZone: 'Asia/Kuala_Lumpur',
  to: '+60123456789',
  token: 'lk_5f2c8f0e6c0b4a4e9d0b',
  url: '/api/realtime?ticket=tk_5f2c8f0e6c0b4a4e9d0b',
  version: 4,
  webhookPath: `/api/webhook/whatsapp/chn_${exampleId}`,
};

/** A value that the schema accepts. The name of the field helps to make it a likely one. */
export function exampleOf(document: ApiDocument, given: Schema, name = ''): unknown {
  const schema = resolve(document, given);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.enum) return schema.enum.includes(values[name]) ? values[name] : schema.enum[0];
  const prefix = /^\^([a-z]{3})_\[/.exec(schema.pattern ?? '')?.[1];
  if (prefix) return `${prefix}_${exampleId}`;
  if (fits(schema, values[name])) return values[name];
  if (schema.anyOf) return exampleOf(document, schema.anyOf[0] ?? {}, name);
  if (schema.format === 'date-time') return '2026-03-02T08:15:00.000Z';
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([field, one]) => [field, exampleOf(document, one, field)]),
      );
    case 'array':
      return schema.items ? [exampleOf(document, schema.items, name.replace(/s$/, ''))] : [];
    case 'integer':
    case 'number':
      return schema.default ?? Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return schema.default ?? true;
    case 'null':
      return null;
    default:
      return typeof schema.default === 'string' ? schema.default : name || 'text';
  }
}

function fits(schema: Schema, value: unknown): boolean {
  if (value === undefined) return false;
  if (schema.anyOf) return schema.anyOf.some((one) => !one.$ref && fits(one, value));
  if (value === null) return schema.type === 'null';
  if (Array.isArray(value)) return schema.type === 'array';
  if (schema.format === 'date-time') return false;
  return typeof value === (schema.type === 'integer' ? 'number' : schema.type);
}

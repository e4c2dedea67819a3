import { type ApiDocument, type Operation, resolve, type Schema, successOf } from './document.js';
import { exampleOf } from './example.js';

/** Operations that no person calls from the SDK: providers post there, and monitors ask. */
const withoutSdk = new Set(['webhooks', 'health']);

/** A webhook needs its provider's signature, a socket more than a request, and a CSRF token a browser's cookies. */
const withoutCurl = ({ tags, operationId }: Operation) =>
  tags.includes('webhooks') || operationId === 'realtime.connect' || operationId === 'auth.csrf';

/** Bodies and queries worth showing, where the shortest one that is allowed says too little, or the longest too much. */
const chosen: Record<string, Record<string, unknown>> = {
  'channels.update': { name: 'Customer care' },
  'closeReasons.create': { key: 'refunded', name: 'Refunded' },
  'closeReasons.update': { name: 'Money given back' },
  'cannedResponses.update': { title: 'Greeting' },
  'auth.logout': { refreshToken: 'rt_5f2c8f0e6c0b4a4e9d0b' },
  'auth.refresh': { refreshToken: 'rt_5f2c8f0e6c0b4a4e9d0b' },
  'conversations.assign': { assigneeId: exampleId('usr') },
  'conversations.bulk': { act: 'pend', ids: [exampleId('cnv')] },
  'conversations.close': { reason: 'resolved' },
  'conversations.transfer': { assigneeId: exampleId('usr'), note: 'She has paid twice, see the second receipt.' },
  'conversations.get': { limit: 50 },
  'conversations.list': { status: 'queued', limit: 20 },
  'contactImports.create': { fileName: 'people.csv' },
  'contactImports.rows': { state: 'failed' },
  'contactImports.start': { existing: 'update' },
  'contacts.list': { kind: 'customer', limit: 20 },
  'contacts.create': { name: 'Mei Ling', kind: 'tutor' },
  'contacts.update': { name: 'Mei Ling Tan', version: 1 },
  'contacts.stream': { limit: 20 },
  'contacts.link': { contactId: otherId('con') },
  'contacts.distinguish': { contactId: otherId('con') },
  'conversations.merge': { conversationId: otherId('cnv') },
  'merges.list': { contactId: exampleId('con') },
  'contactAttributes.create': { key: 'plan', name: 'Plan', type: 'select', options: ['gold', 'silver'] },
  'contactAttributes.update': { name: 'Tariff' },
  'tags.create': { name: 'VIP', color: 'amber' },
  'tags.update': { color: 'teal' },
  'drafts.save': { text: 'Good morning, your', version: 0 },
  'events.list': { limit: 100 },
  'followUps.list': { due: true },
  'followUps.update': { snoozeMinutes: 30 },
  'notes.update': { pinned: true },
  'notifications.list': { unread: true },
  'notifications.read': { all: true },
  'views.create': { name: 'Unread in the queue', filter: { status: 'queued', unread: true } },
  'views.update': { position: 1 },
  'me.update': { timeZone: 'Asia/Kuala_Lumpur' },
  'users.update': { name: 'Aisyah Rahim' },
  'roles.update': { name: 'Late shift' },
  'settings.update': { queueSight: 'whole' },
  'teams.update': { name: 'Customer Care' },
  'messages.send': { conversationId: exampleId('cnv'), text: 'Good morning! The lesson is at four.' },
};

function exampleId(prefix: string): string {
  return String(
    exampleOf({ tags: [], paths: {}, webhooks: {}, components: { schemas: {} } }, { pattern: `^${prefix}_[` }),
  );
}

/** Another one than the example's. */
function otherId(prefix: string): string {
  return `${exampleId(prefix).slice(0, -1)}0`;
}
const contacts = 'name,phone\nAisyah,+60123456789\n';

interface Parts {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body?: Record<string, unknown>;
  /** A file. */
  csv?: string;
}

/** What an example of the operation says in path, query and body. */
export function exampleCall(document: ApiDocument, operation: Operation): Parts {
  const { parameters = [], requestBody, operationId } = operation;
  const given = chosen[operationId];
  const values = (place: 'path' | 'query') =>
    Object.fromEntries(
      parameters
        .filter((one) => one.in === place && one.required)
        .map(({ name, schema, example }) => [name, example ?? exampleOf(document, schema, name)]),
    );
  const schema = requestBody?.content['application/json']?.schema;
  return {
    path: values('path'),
    query: { ...values('query'), ...(schema ? {} : given) },
    ...(schema ? { body: given ?? requiredOf(document, schema) } : {}),
    ...(requestBody?.content['text/csv'] ? { csv: contacts } : {}),
  };
}

/** The fields that must be there, and no other; of several shapes those of the first. */
function requiredOf(document: ApiDocument, schema: Schema): Record<string, unknown> {
  const resolved = resolve(document, schema);
  const { properties = {}, required = [] } = resolve(document, resolved.anyOf?.[0] ?? resolved);
  return Object.fromEntries(required.map((name) => [name, exampleOf(document, properties[name] ?? {}, name)]));
}

/** As a shell command; undefined where that is not how it is called. */
export function curlCall(document: ApiDocument, operation: Operation): string | undefined {
  if (withoutCurl(operation)) return undefined;
  const { path, query, body, csv } = exampleCall(document, operation);
  const search = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
  const place = operation.path.replace(/\{(\w+)\}/g, (_, name) => String(path[name]));
  const address = `http://127.0.0.1:4000${place}${search ? `?${search}` : ''}`;
  return [
    `curl ${search ? `'${address}'` : address}`,
    ...(operation.method === 'GET' || (operation.method === 'POST' && (body ?? csv)) ? [] : [`-X ${operation.method}`]),
    ...(operation['x-permission'] === 'public' ? [] : ['-H "Authorization: Bearer $TIMS_TOKEN"']),
    ...(hasKey(operation) ? ["-H 'Idempotency-Key: 5f2c8f0e-6c0b-4a4e-9d0b-1f1d8a1f6f0e'"] : []),
    ...(body ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`] : []),
    ...(csv ? ["-H 'Content-Type: text/csv'", `--data-binary '${csv}'`] : []),
  ].join(' \\\n  ');
}

const hasKey = ({ parameters = [] }: Operation) => parameters.some(({ name }) => name === 'idempotency-key');

/** The same with the SDK; undefined where the SDK is not for it. */
export function sdkCall(document: ApiDocument, operation: Operation): string | undefined {
  const { operationId, tags, verb } = operation;
  if (tags.some((tag) => withoutSdk.has(tag))) return undefined;
  if (operationId === 'realtime.connect')
    return 'const live = tims.realtime();\nlive.subscribe((items) => console.log(items));';
  const { path, query, body, csv } = exampleCall(document, operation);
  const input = { ...path, ...query, ...body, ...(csv ? { csv } : {}) };
  const call = `tims.${operationId}(${Object.keys(input).length > 0 ? literal(input) : ''})`;
  if (operationId === 'auth.login') return `const user = await tims.login(${literal(input)});`;
  if (operationId === 'auth.logout') return 'await tims.logout();';
  if (operationId === 'auth.refresh')
    return '// The client renews its tokens by itself.\nconst session = await tims.auth.refresh({ refreshToken });';
  if (lists.has(verb)) return `const { data } = await ${call};`;
  if (!successOf(operation).schema) return `await ${call};`;
  return `const ${answerName(operation)} = await ${call};`;
}

const lists = new Set(['list', 'kinds', 'byIds', 'listOfContact', 'conversations', 'stream']);

function answerName({ tags: [tag = ''], verb }: Operation): string {
  if (verb === 'counts') return 'counts';
  if (tag === 'conversations' && verb === 'get') return 'page';
  if (tag === 'conversations' && verb === 'read') return '{ unreadCount }';
  if (tag === 'notifications' && verb === 'read') return '{ read }';
  if (tag === 'cannedResponses' && verb === 'render') return '{ text, missing }';
  if (tag === 'participants') return verb === 'get' ? 'participants' : 'watcher';
  if (tag === 'realtime') return 'ticket';
  return tag.replace(/s$/, '');
}

/** As a person would write it: no quotes around names, single ones around texts, on several lines where it is long. */
function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, indent)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, one]) => `${name}: ${literal(one, `${indent}  `)}`);
  const line = `{ ${fields.join(', ')} }`;
  return line.length < 72 ? line : `{\n${fields.map((one) => `${indent}  ${one},`).join('\n')}\n${indent}}`;
}

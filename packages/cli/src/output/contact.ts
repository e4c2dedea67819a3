import type { Contact, ContactAttribute, StreamMessage } from '@tims/sdk';
import type { Names } from '../names.js';
import { shortIds } from '../short-id.js';
import { contentText } from './content.js';
import { facts } from './facts.js';
import { bold, dim, red } from './style.js';
import { table } from './table.js';
import { oneLine, safeText } from './text.js';
import { ago } from './time.js';

export function contactTable(contacts: readonly Contact[], names: Names): string {
  const short = shortIds(contacts.map(({ id }) => id));
  return table(contacts, [
    { title: 'ID', value: ({ id }) => short(id), paint: dim },
    { title: 'NAME', value: ({ name }) => name ?? 'unknown', flexible: true, paint: bold },
    { title: 'KIND', value: ({ kind }) => kind },
    ...(contacts.some(({ blockedAt }) => blockedAt !== null)
      ? [{ title: 'BLOCKED', value: ({ blockedAt }: Contact) => ago(blockedAt), paint: red }]
      : []),
    ...(contacts.some(({ tags }) => tags.length > 0)
      ? [{ title: 'TAGS', value: ({ tags }: Contact) => tags.map((tag) => names.tag(tag)).join(', ') }]
      : []),
    { title: 'ADDRESS', value: ({ identities }) => identities.flatMap(addresses).join(', '), flexible: true },
    { title: 'SINCE', value: ({ createdAt }) => ago(createdAt), paint: dim },
  ]);
}

/** One contact in a line, after it changed. */
export function contactLine({ id, name, kind, blockedAt }: Contact): string {
  return `${id}  ${bold(oneLine(name ?? 'unknown'))}  ${dim(kind)}${blockedAt === null ? '' : `  ${red('blocked')}`}`;
}

export function contactFacts(contact: Contact, definitions: readonly ContactAttribute[], names: Names): string {
  const { id, name, kind, blockedAt, tags, identities, attributes, createdAt } = contact;
  return facts([
    ['name', name ?? 'unknown'],
    ['kind', kind],
    ['blocked', blockedAt ?? ''],
    ['tags', tags.map((tag) => names.tag(tag)).join(', ')],
    ...identities.map((identity) => ['address', addresses(identity).join(', ')] as const),
    ...definitions.map(({ key, name: title }) => [title, valueText(attributes[key])] as const),
    ['since', createdAt],
    ['id', id],
  ]);
}

export function streamLines({
  displayAt,
  direction,
  channel,
  conversationId,
  content,
  blocked,
}: StreamMessage): string {
  const at = new Date(displayAt).toLocaleString('en-GB');
  const place = `${oneLine(channel.name)}, in ${conversationId.slice(-6)}`;
  const text = safeText(contentText(content)).split('\n');
  const mark = blocked ? `  ${red('blocked')}` : '';
  return [
    `${dim(at)}  ${direction === 'outbound' ? '→ ' : ''}${bold(place)}${mark}`,
    ...text.map((line) => `      ${line}`),
  ].join('\n');
}

function addresses({ keys }: Contact['identities'][number]): string[] {
  return keys.map(({ value }) => value);
}

function valueText(value: string | number | boolean | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === undefined ? '' : String(value);
}

import type { Conversation, ConversationPage, Message } from '@tims/sdk';
import type { Names } from '../names.js';
import { shortIds } from '../short-id.js';
import { contentText } from './content.js';
import { bold, dim, green, red, yellow } from './style.js';
import { cut, table } from './table.js';
import { oneLine, safeText } from './text.js';
import { ago, clock } from './time.js';

export function conversationTable(conversations: readonly Conversation[], names: Names): string {
  const short = shortIds(conversations.map(({ id }) => id));
  return table(conversations, [
    { title: 'ID', value: ({ id }) => short(id), paint: dim },
    { title: 'STATUS', value: ({ status }) => status, paint: paintStatus },
    { title: 'CONTACT', value: ({ contact }) => contact.name ?? 'unknown', paint: bold },
    // A column for what nobody uses would take its room from the message.
    ...(conversations.some(({ tags }) => tags.length > 0)
      ? [{ title: 'TAGS', value: ({ tags }: Conversation) => tags.map((tag) => names.tag(tag)).join(', ') }]
      : []),
    { title: 'UNREAD', value: ({ unreadCount }) => (unreadCount > 0 ? String(unreadCount) : '') },
    { title: 'WITH', value: (conversation) => holder(conversation, names) },
    { title: 'LAST', value: ({ lastActivityAt }) => ago(lastActivityAt), paint: dim },
    { title: 'MESSAGE', value: lastWords, flexible: true },
  ]);
}

/** One conversation in a line, after it changed. */
export function conversationLine(conversation: Conversation, names: Names): string {
  const { id, status, contact, closeReason } = conversation;
  const reason = status === 'closed' && closeReason ? ` (${oneLine(closeReason)})` : '';
  const who = holder(conversation, names);
  return `${id}  ${bold(oneLine(contact.name ?? 'unknown'))}  ${paintStatus(status)}${reason}${who ? `  ${oneLine(who)}` : ''}`;
}

export function conversationPage({ conversation, messages, canSend }: ConversationPage, names: Names): string {
  const { channel, unreadCount } = conversation;
  const facts = [`over ${oneLine(channel.name)}`, ...(unreadCount > 0 ? [`${unreadCount} unread`] : [])];
  const head = [
    conversationLine(conversation, names),
    dim([...facts, sending(canSend)].filter((fact) => fact).join(' · ')),
  ];
  return `${[...head, '', ...messages.map((message) => messageLines(message, conversation, names))].join('\n')}\n`;
}

function holder({ assigneeId, teamId, status }: Conversation, names: Names): string {
  return assigneeId === null ? (status === 'closed' ? '' : `team ${names.team(teamId)}`) : names.user(assigneeId);
}

function lastWords({ lastMessage }: Conversation): string {
  if (!lastMessage) return '';
  const { direction, preview, type, state } = lastMessage;
  const text = preview || `[${type}]`;
  return direction === 'outbound' ? `→ ${text}${state ? ` (${state})` : ''}` : text;
}

function sending(canSend: ConversationPage['canSend']): string {
  if (!canSend) return '';
  if (canSend.reason) return oneLine(canSend.reason);
  return canSend.windowEndsAt ? `may be answered until ${new Date(canSend.windowEndsAt).toLocaleString('en-GB')}` : '';
}

const indent = '      ';

function messageLines(message: Message, conversation: Conversation, names: Names): string {
  const { author, direction, state, error, displayAt, id } = message;
  const name =
    author.type === 'contact'
      ? (conversation.contact.name ?? 'unknown')
      : author.type === 'user'
        ? names.user(author.id)
        : conversation.channel.name;
  const mark = state ? `  ${paintState(state)}` : '';
  const edited = message.revokedAt ? '  deleted' : message.editedAt ? '  edited' : '';
  const head = `${dim(clock(displayAt))}  ${direction === 'outbound' ? '→ ' : ''}${bold(cut(oneLine(name), 40))}${mark}${edited}  ${dim(id.slice(-6))}`;
  const text = safeText(contentText(message.content)).split('\n');
  const reactions = message.reactions.map(({ emoji }) => oneLine(emoji)).join(' ');
  const below = [
    ...text,
    ...(reactions ? [`(${reactions})`] : []),
    ...(error ? [red(`${oneLine(error.text)} (${error.code})`)] : []),
  ];
  return [head, ...below.map((line) => indent + line)].join('\n');
}

function paintStatus(status: string): string {
  const trimmed = status.trim();
  if (trimmed === 'queued' || trimmed === 'new') return yellow(status);
  return trimmed === 'assigned' ? green(status) : dim(status);
}

function paintState(state: string): string {
  if (state === 'failed' || state === 'unknown') return red(state);
  return state === 'read' || state === 'played' ? green(state) : dim(state);
}

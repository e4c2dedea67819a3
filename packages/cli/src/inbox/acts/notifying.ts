import type { Conversation, Note, Notification } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { contactName, type People, userName } from '../state/people.js';
import { newPick, type Option } from '../state/pick.js';
import { capital, oneLineOf } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { shortAge } from '../text/clock.js';
import { openPick, refreshPick } from './opening.js';

interface Details {
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly notes: ReadonlyMap<string, Note>;
}

const unknown: Details = { conversations: new Map(), notes: new Map() };
const readAll = 'all';
/** Ids of one request. */
const batch = 100;

/** What the user was told, the newest first; what it is about comes a moment later. */
export function openNotifications(controls: Controls) {
  const { notifications, loaded } = controls.feed.notifications.getSnapshot();
  if (notifications.length === 0) return controls.say(loaded ? 'You were told nothing yet.' : 'Still loading.');
  const shown = notifications.slice(0, batch);
  const options = optionsOf(controls, shown, unknown);
  openPick(controls, newPick({ kind: 'notifications', title: 'For you', options, tall: true }));
  controls.perform(
    'notifications',
    () => lookUp(controls, shown),
    (details) =>
      refreshPick(controls, 'notifications', (pick) => ({ ...pick, options: optionsOf(controls, shown, details) })),
  );
}

async function lookUp({ tims }: Controls, shown: readonly Notification[]): Promise<Details> {
  const ids = [...new Set(shown.flatMap(({ conversationId }) => conversationId ?? []))];
  const noteIds = [...new Set(shown.filter(isOfNote).map(({ entityId }) => entityId))];
  const [conversations, notes] = await Promise.all([
    ids.length > 0 ? tims.conversations.list({ ids: ids.join(',') }, { retries: 0 }) : { data: [] },
    noteIds.length > 0 ? tims.notes.byIds({ ids: noteIds.join(',') }, { retries: 0 }) : { data: [] },
  ]);
  return {
    conversations: new Map(conversations.data.map((one) => [one.id, one])),
    notes: new Map(notes.data.map((one) => [one.id, one])),
  };
}

function isOfNote({ kind, entityId }: Notification): boolean {
  return (kind === 'mention' || kind === 'feedback') && entityId.startsWith('not_');
}

function optionsOf({ data }: Controls, shown: readonly Notification[], { conversations, notes }: Details): Option[] {
  const options = shown.map((one): Option => {
    const conversation = conversations.get(one.conversationId ?? '');
    const about = [conversation ? contactName(conversation) : '', cleanLine(notes.get(one.entityId)?.text ?? '')];
    return {
      id: one.id,
      label: whatOf(one, data.people),
      detail: [shortAge(one.createdAt, data.now), ...about].filter(Boolean).join(' · '),
      mark: one.readAt === null ? '●' : ' ',
    };
  });
  const unread = shown.some(({ readAt }) => readAt === null);
  return unread ? [...options, { id: readAll, label: 'Mark all of them read' }] : options;
}

/** What happened, in few words. */
export function whatOf({ kind, actor }: Notification, people: People): string {
  const who = actor.type === 'user' ? capital(userName(people, actor.id)) : 'TIMS';
  switch (kind) {
    case 'mention':
      return `${who} mentioned you`;
    case 'feedback':
      return `${who} gave you feedback`;
    case 'assignment':
      return `${who} gave it to you`;
    case 'reminder':
      return 'A follow-up is due';
    case 'message':
      return 'The customer wrote';
    default:
      return 'Something happened';
  }
}

/** Read, and there where it leads. */
export function openNotification(controls: Controls, id: string) {
  const { notifications } = controls.feed;
  const one = notifications.getSnapshot().notifications.find((known) => known.id === id);
  notifications.read(id === readAll ? { all: true } : { ids: [id] }).catch((error: unknown) => {
    controls.say(oneLineOf(error, controls.data.people), 'bad');
  });
  if (id === readAll) return controls.say('All read.', 'good');
  if (!one?.conversationId) return controls.say('There is nothing to open.');
  if (isOfNote(one)) controls.jump(one.conversationId, one.entityId);
  else controls.openConversation(one.conversationId, 'thread');
}

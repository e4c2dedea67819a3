import type { Contact, Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { contactName, holder, type People, tagsOf } from '../state/people.js';
import { newPick, type Option } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { moment, shortAge } from '../text/clock.js';
import { openPick, refreshPick } from './opening.js';

/** Who the customer is, and what else they wrote; the conversations can be opened from there. */
export function openContact(controls: Controls, contactId: string, name: string) {
  const title = name;
  const loading = [{ id: '', label: 'Loading …' }];
  openPick(controls, newPick({ kind: 'contact', title, options: loading, subject: contactId, tall: true }));
  const { tims } = controls;
  controls.perform(
    `contact:${contactId}`,
    async () => {
      const [contact, list] = await Promise.all([
        tims.contacts.get({ id: contactId }, { retries: 0 }),
        tims.conversations.list({ contactId, limit: 50 }, { retries: 0 }),
      ]);
      return { contact, conversations: list.data };
    },
    ({ contact, conversations }) => {
      const { people, now } = controls.data;
      const others = conversations.map((one) => conversationOption(people, one, now));
      const options = [...facts(people, contact, now), ...others];
      const firstConversation = Math.max(0, options.length - others.length);
      refreshPick(controls, 'contact', (pick) =>
        pick.subject === contactId
          ? { ...pick, options, chosen: Math.min(firstConversation, options.length - 1) }
          : pick,
      );
    },
  );
}

function facts(people: People, { kind, tags, identities, createdAt }: Contact, now: number): Option[] {
  const fact = (label: string, detail: string): Option[] => (detail ? [{ id: '', label, detail }] : []);
  const addresses = identities.flatMap(({ keys, username }) => [
    ...keys.map(({ value }) => cleanLine(value)),
    ...(username ? [`@${cleanLine(username)}`] : []),
  ]);
  const optedOut = identities.find(({ optedOutAt }) => optedOutAt !== null)?.optedOutAt;
  return [
    ...fact('Kind', cleanLine(kind)),
    ...fact('Reached at', [...new Set(addresses)].join(', ')),
    ...fact(
      'Tags',
      tagsOf(people, tags)
        .map(({ name }) => cleanLine(name))
        .join(', '),
    ),
    ...fact('Known since', moment(new Date(createdAt), now)),
    ...fact('Opted out', optedOut ? moment(new Date(optedOut), now) : ''),
  ];
}

function conversationOption(people: People, conversation: Conversation, now: number): Option {
  const { id, status, channel, lastMessage, lastActivityAt, unreadCount } = conversation;
  return {
    id,
    label: `${cleanLine(channel.name)}, ${shortAge(lastActivityAt, now)}`,
    detail: `${holder(people, conversation)} · ${cleanLine(lastMessage?.preview ?? '')}`,
    mark: status === 'closed' ? '×' : unreadCount > 0 ? '●' : '○',
  };
}

export function openOfContact(controls: Controls, id: string) {
  if (id !== '') controls.openConversation(id, 'thread');
}

export function openContactOf(controls: Controls, conversation: Conversation) {
  openContact(controls, conversation.contact.id, contactName(conversation));
}

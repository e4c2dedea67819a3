import type { Conversation, Message } from '@tims/sdk';
import { contentText } from '../../output/content.js';
import type { Controls } from '../controls.js';
import { contactName, type People, tagsFor, tagsOf, userName } from '../state/people.js';
import { newPick, type Option, type Pick } from '../state/pick.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { shortAge } from '../text/clock.js';
import { fieldOf } from '../text/field.js';
import { allowed } from './answering.js';
import { openPick, refreshPick } from './opening.js';

/** As many are offered; who wants an older one scrolls to it first. */
const most = 200;
const onMark = '✓';

/** Which message is asked first: the newest, or what stands at the top where one has scrolled up. */
export function chooseMessage(controls: Controls, conversation: Conversation) {
  const { data, state, keymap } = controls;
  if (data.page?.preview) return controls.say(`Take it first, with ${keymap.keyOf('take')}.`, 'bad');
  if (!allowed(controls, 'conversations:tag', conversation, 'tag messages of it')) return;
  const messages = [...(data.page?.messages ?? [])].reverse();
  if (messages.length === 0) return controls.say('Nothing has been said yet.');
  const at = Math.max(
    0,
    messages.findIndex(({ id }) => id === state.scroll?.item),
  );
  const first = Math.max(0, at - most / 2);
  const options = messages.slice(first, first + most).map((one) => messageOption(controls, conversation, one));
  const pick = { kind: 'messages', title: 'Tag which message?', options, conversationId: conversation.id } as const;
  openPick(controls, { ...newPick(pick), chosen: at - first });
}

function messageOption({ data }: Controls, conversation: Conversation, message: Message): Option {
  const { id, author, displayAt, tags } = message;
  const who = author.type === 'user' ? capital(userName(data.people, author.id)) : contactName(conversation);
  const named = tagsOf(data.people, tags).map(({ name }) => `#${cleanLine(name)}`);
  const detail = [shortAge(displayAt, data.now), ...named, textOf(message)].join(' · ');
  return { id, label: who, detail, mark: named.length > 0 ? '#' : ' ' };
}

function textOf({ content, revokedAt }: Message): string {
  return revokedAt ? 'deleted' : cleanLine(contentText(content)) || `(${content.type})`;
}

/** Its tags, those that it has first; choosing one takes it off. */
export function openMessageTags(controls: Controls, conversationId: string, id: string) {
  const { people, page } = controls.data;
  const message = page?.messages.find((one) => one.id === id);
  if (!message || page?.conversation.id !== conversationId) return controls.say('The message is gone.', 'bad');
  const options = optionsOf(people, page.conversation.teamId, message);
  if (options.length === 0) return controls.say('There are no tags yet. `tims tags create` makes one.');
  const title = `Tags of: ${textOf(message)}`;
  openPick(controls, newPick({ kind: 'message-tag', title, options, conversationId, subject: id }));
}

function optionsOf(people: People, teamId: string, { tags }: Message): Option[] {
  const possible = tagsFor(people, [teamId]);
  // One that was put on by another team can be taken off.
  const other = tagsOf(people, tags).filter((one) => !possible.includes(one));
  return [...possible, ...other]
    .map((one) => ({ id: one.id, label: cleanLine(one.name), mark: markOf(tags, one.id) }))
    .sort((a, b) => Number(b.mark === onMark) - Number(a.mark === onMark));
}

/** The list stays open, as often more than one is meant; the message itself follows by its event. */
export function toggleMessageTag(controls: Controls, pick: Pick, option: Option) {
  const { subject: id = '' } = pick;
  const off = option.mark === onMark;
  openPick(controls, { ...pick, field: fieldOf(''), chosen: pick.options.findIndex((one) => one.id === option.id) });
  controls.perform(
    `tag:${id}:${option.id}`,
    () => controls.tims.messages[off ? 'untag' : 'tag']({ id, tagId: option.id }, { retries: 0 }),
    ({ tags }) => {
      remark(controls, id, tags);
      controls.say(off ? `${option.label} is off the message.` : `${option.label} is on the message.`, 'good');
    },
  );
}

/** Somebody else tagged it. */
export function readMessageTagsAgain(controls: Controls, { subject: id = '' }: Pick) {
  controls.perform(
    `tags:${id}`,
    () => controls.tims.messages.list({ ids: id }, { retries: 0 }),
    ({ data: [message] }) => message && remark(controls, id, message.tags),
  );
}

function remark(controls: Controls, id: string, tags: readonly string[]) {
  refreshPick(controls, 'message-tag', (pick) =>
    pick.subject === id
      ? { ...pick, options: pick.options.map((one) => ({ ...one, mark: markOf(tags, one.id) })) }
      : pick,
  );
}

function markOf(tags: readonly string[], id: string): string {
  return tags.includes(id) ? onMark : ' ';
}

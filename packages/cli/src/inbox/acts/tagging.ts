import type { Conversation, Tag } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { contactName, type People, tagsFor } from '../state/people.js';
import { newPick, type Option, type Pick } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { fieldOf } from '../text/field.js';
import { allowed } from './answering.js';
import { changeMany } from './bulk.js';
import { idsOf } from './changing.js';
import { openPick, refreshPick } from './opening.js';

/** The tags that it has come first; choosing one takes it off. */
export function tag(controls: Controls, conversation: Conversation, name?: string) {
  if (!allowed(controls, 'conversations:tag', conversation, 'tag it')) return;
  const options = tagOptions(controls.data.people, [conversation]);
  if (options.length === 0) return controls.say('There are no tags yet. `tims tags create` makes one.');
  const title = `Tags of ${contactName(conversation)}`;
  openPick(controls, newPick({ kind: 'tag', title, options, ids: [conversation.id] }, fieldOf(name ?? '')));
}

export function tagMany(controls: Controls, conversations: readonly Conversation[], name?: string) {
  const options = tagOptions(controls.data.people, conversations);
  if (options.length === 0) return controls.say('There is no tag that all of them can have.');
  const title = `Tags of ${conversations.length}`;
  openPick(controls, newPick({ kind: 'tag', title, options, ids: idsOf(conversations) }, fieldOf(name ?? '')));
}

const onMark = '✓';

function tagOptions(people: People, conversations: readonly Conversation[]): Option[] {
  const teamIds = [...new Set(conversations.map(({ teamId }) => teamId))];
  const isOn = ({ id }: Tag) => conversations.every(({ tags }) => tags.includes(id));
  const possible = tagsFor(people, teamIds.length === 1 ? teamIds : []);
  // One that was put on elsewhere, or by another team, can be taken off.
  const other = people.tags.filter((one) => isOn(one) && !possible.includes(one));
  return [...possible, ...other]
    .map((one) => ({ id: one.id, label: cleanLine(one.name), mark: isOn(one) ? onMark : ' ' }))
    .sort((a, b) => Number(b.mark === onMark) - Number(a.mark === onMark));
}

/** The list stays open, as often more than one is meant. */
export function toggleTag(controls: Controls, pick: Pick, option: Option) {
  const { tims } = controls;
  const [id = '', ...more] = pick.ids ?? [];
  const off = option.mark === onMark;
  if (more.length > 0) {
    const what = off ? `no longer have ${option.label}` : `have ${option.label} now`;
    return changeMany(controls, { act: off ? 'untag' : 'tag', ids: [...(pick.ids ?? [])], tagId: option.id }, what);
  }
  openPick(controls, { ...pick, field: fieldOf(''), chosen: pick.options.findIndex((one) => one.id === option.id) });
  controls.perform(
    `tag:${option.id}`,
    () => tims.conversations[off ? 'untag' : 'tag']({ id, tagId: option.id }, { retries: 0 }),
    (after) => {
      controls.feed.store.put(after);
      const marked = (one: Option) => ({ ...one, mark: after.tags.includes(one.id) ? onMark : ' ' });
      refreshPick(controls, 'tag', (shown) => ({ ...shown, options: shown.options.map(marked) }));
      controls.say(off ? `${option.label} is off.` : `${option.label} is on it.`, 'good');
    },
  );
}

import type { Conversation, Participants } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { contactName, may, type People, userName } from '../state/people.js';
import { newPick, type Option, type Pick } from '../state/pick.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { fieldOf } from '../text/field.js';
import { openPick, refreshPick } from './opening.js';

type Watchers = Participants['watchers'];

const onMark = '✓';

/** Watches it, or no longer: whoever watches is told when the customer writes. */
export function watch(controls: Controls, { id }: Conversation) {
  if (isPreview(controls, id)) return;
  const userId = controls.data.people.me.id;
  controls.perform(
    `watch:${id}`,
    async () => {
      const on = !isAmong(await watchersOf(controls, id), userId);
      await change(controls, id, userId, on);
      return on;
    },
    (on) => controls.say(outcome(controls.data.people, userId, on), 'good'),
  );
}

/** Who watches it: oneself first, then those who do, then those who could. */
export function openWatchers(controls: Controls, conversation: Conversation) {
  const { id } = conversation;
  if (isPreview(controls, id)) return;
  controls.perform(
    `watchers:${id}`,
    () => watchersOf(controls, id),
    (watchers) => {
      // Whoever went on to something else meanwhile is not disturbed.
      if (controls.state.mode.name !== 'browse') return;
      const { people } = controls.data;
      const title = `Who is told when ${contactName(conversation)} writes`;
      const options = optionsOf(people, watchers, may(people, 'conversations:note', conversation));
      openPick(controls, newPick({ kind: 'watchers', title, options, conversationId: id }));
    },
  );
}

/** Says what to do about it. */
function isPreview({ data, say, keymap }: Controls, id: string): boolean {
  if (!data.page?.preview || data.page.conversation.id !== id) return false;
  say(`Take it first, with ${keymap.keyOf('take')}: a preview cannot be watched.`, 'bad');
  return true;
}

/** @param mayAdd without it, nobody else can be made to watch */
function optionsOf({ me, colleagues }: People, watchers: Watchers, mayAdd: boolean): Option[] {
  const option = (id: string, label: string, detail: string): Option => ({
    id,
    label,
    detail,
    mark: mark(watchers, id),
  });
  const others = colleagues
    .filter(({ id }) => id !== me.id && (mayAdd || isAmong(watchers, id)))
    .map(({ id, name, role }) => option(id, cleanLine(name), role.replaceAll('_', ' ')));
  const watchFirst = (a: Option, b: Option) =>
    Number(b.mark === onMark) - Number(a.mark === onMark) || (a.label < b.label ? -1 : 1);
  return [option(me.id, 'Me', cleanLine(me.name)), ...others.sort(watchFirst)];
}

/** The list stays open, as often more than one is meant. */
export function toggleWatcher(controls: Controls, pick: Pick, option: Option) {
  const { conversationId: id = '' } = pick;
  const on = option.mark !== onMark;
  openPick(controls, { ...pick, field: fieldOf(''), chosen: pick.options.findIndex((one) => one.id === option.id) });
  controls.perform(
    `watcher:${option.id}`,
    async () => {
      await change(controls, id, option.id, on);
      return watchersOf(controls, id);
    },
    (watchers) => {
      remark(controls, id, watchers);
      controls.say(outcome(controls.data.people, option.id, on), 'good');
    },
  );
}

/** Somebody else changed who watches. */
export function readWatchersAgain(controls: Controls, { conversationId: id = '' }: Pick) {
  controls.perform(
    `watchers:${id}`,
    () => watchersOf(controls, id),
    (watchers) => remark(controls, id, watchers),
  );
}

function remark(controls: Controls, id: string, watchers: Watchers) {
  refreshPick(controls, 'watchers', (pick) =>
    pick.conversationId === id
      ? { ...pick, options: pick.options.map((one) => ({ ...one, mark: mark(watchers, one.id) })) }
      : pick,
  );
}

async function watchersOf({ tims }: Controls, id: string): Promise<Watchers> {
  return (await tims.participants.get({ id }, { retries: 0 })).watchers;
}

async function change({ tims }: Controls, id: string, userId: string, on: boolean): Promise<void> {
  if (on) await tims.participants.add({ id, userId }, { retries: 0 });
  else await tims.participants.remove({ id, userId }, { retries: 0 });
}

function outcome(people: People, userId: string, on: boolean): string {
  const who = capital(userName(people, userId));
  const watches = userId === people.me.id ? 'watch' : 'watches';
  const told = userId === people.me.id ? 'are' : 'is';
  return on ? `${who} ${watches} it, and ${told} told when the customer writes.` : `${who} no longer ${watches} it.`;
}

function isAmong(watchers: Watchers, userId: string): boolean {
  return watchers.some((one) => one.userId === userId);
}

function mark(watchers: Watchers, userId: string): string {
  return isAmong(watchers, userId) ? onMark : ' ';
}

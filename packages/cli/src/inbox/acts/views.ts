import type { Controls } from '../controls.js';
import { newAsk } from '../state/ask.js';
import { newPick } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { openAsk, openPick } from './opening.js';

/** Keeps what the list shows as a view of one's own. */
export function askToSaveView(controls: Controls, name?: string) {
  if (name) return saveView(controls, name);
  const hint = controls.data.query.words.length > 0 ? 'for yourself; words are not kept' : 'for yourself';
  openAsk(controls, newAsk({ kind: 'view-name', title: 'Save this as a view', hint, conversationId: '', subject: '' }));
}

export function saveView(controls: Controls, name: string) {
  if (name === '') return controls.say('A view needs a name.', 'bad');
  const { tims, feed, data } = controls;
  controls.perform(
    'view',
    () => tims.views.create({ name: name.slice(0, 100), filter: data.filter }, { retries: 0 }),
    () => {
      feed.refreshPeople();
      controls.say(`Saved: it stands with the groups. \`:delete-view\` removes it.`, 'good');
    },
  );
}

export function chooseViewToRemove(controls: Controls) {
  const { views } = controls.data.people;
  if (views.length === 0) return controls.say(`There are no views. ${controls.keymap.keyOf('save-view')} saves one.`);
  const detail = { personal: 'yours', team: 'of a team', everybody: 'everybody’s' } as const;
  const options = views.map(({ id, name, shared }) => ({ id, label: cleanLine(name), detail: detail[shared] }));
  openPick(controls, newPick({ kind: 'delete-view', title: 'Remove a view', options }));
}

export function removeView(controls: Controls, id: string) {
  const { tims, feed } = controls;
  controls.perform(
    'view',
    () => tims.views.remove({ id }, { retries: 0 }),
    () => {
      feed.refreshPeople();
      controls.say('The view is removed.', 'good');
    },
  );
}

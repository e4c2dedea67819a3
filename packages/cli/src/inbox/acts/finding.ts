import type { Controls } from '../controls.js';
import { newPick } from '../state/pick.js';
import { tagWord } from '../state/query.js';
import { lookInto } from '../state/state.js';
import { fieldOf } from '../text/field.js';
import { openContact } from './contact.js';
import { openPick } from './opening.js';

/** Looks everywhere on the server; the words of the filter come along. */
export function openSearch(controls: Controls, words?: string) {
  const text = words ?? controls.data.query.words.join(' ');
  const pick = {
    kind: 'search',
    title: 'Search',
    options: [],
    found: { text: '', pending: false },
    tall: true,
  } as const;
  openPick(controls, newPick(pick, fieldOf(text)));
}

/** The id of an option says where it leads: `message:<conversation>:<message>`. */
export function openHit(controls: Controls, target: string) {
  const [kind, id = '', item = ''] = target.split(':');
  if (kind === 'contact') openContact(controls, id, 'Contact');
  else if (kind === 'tag') openTag(controls, id);
  else if (id !== '') controls.jump(id, item);
}

function openTag(controls: Controls, id: string) {
  const tag = controls.data.people.tags.find((one) => one.id === id);
  if (!tag) return controls.say('The tag is gone.', 'bad');
  controls.set({ ...lookInto(controls.state, { group: 'all', query: `tag:${tagWord(tag.name)}` }), pane: 'list' });
}

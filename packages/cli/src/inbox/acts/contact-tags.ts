import type { Controls } from '../controls.js';
import { tagsFor } from '../state/people.js';
import { newPick, type Option, type Pick } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { fieldOf } from '../text/field.js';
import type { ContactFile } from './contact-file.js';
import { openPick, refreshPick } from './opening.js';

const onMark = '✓';

/** The tags that they have come first; choosing one takes it off. */
export function openContactTags(controls: Controls, { contact, conversations }: ContactFile, name: string) {
  const { people } = controls.data;
  const possible = tagsFor(people, [...new Set(conversations.map(({ teamId }) => teamId))]);
  const other = people.tags.filter((one) => contact.tags.includes(one.id) && !possible.includes(one));
  const options = [...possible, ...other]
    .map((one) => ({ id: one.id, label: cleanLine(one.name), mark: contact.tags.includes(one.id) ? onMark : ' ' }))
    .sort((a, b) => Number(b.mark === onMark) - Number(a.mark === onMark));
  if (options.length === 0) return controls.say('There are no tags yet. `tims tags create` makes one.');
  openPick(
    controls,
    newPick({ kind: 'contact-tags', title: `Tags of ${name} themselves`, options, subject: contact.id }),
  );
}

/** The list stays open, as often more than one is meant. */
export function toggleContactTag(controls: Controls, pick: Pick, option: Option) {
  const { subject: id = '' } = pick;
  const off = option.mark === onMark;
  openPick(controls, { ...pick, field: fieldOf(''), chosen: pick.options.findIndex((one) => one.id === option.id) });
  controls.perform(
    `tag:${id}:${option.id}`,
    () => controls.tims.contacts[off ? 'untag' : 'tag']({ id, tagId: option.id }, { retries: 0 }),
    ({ tags }) => {
      const marked = (one: Option) => ({ ...one, mark: tags.includes(one.id) ? onMark : ' ' });
      refreshPick(controls, 'contact-tags', (shown) => ({ ...shown, options: shown.options.map(marked) }));
      controls.say(off ? `${option.label} is off.` : `${option.label} is on it.`, 'good');
    },
  );
}

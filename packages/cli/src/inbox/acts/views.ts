import type { Input, View } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { newAsk } from '../state/ask.js';
import { type People, teamName } from '../state/people.js';
import { newPick, type Option } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { openAsk, openPick } from './opening.js';

type Audience = Pick<Input<'views.create'>, 'shared' | 'teamId'>;

/** Keeps what the list shows as a view: whoever may share is asked with whom. */
export function askToSaveView(controls: Controls, name?: string) {
  if (name) return saveView(controls, name);
  const hint = controls.data.query.words.length > 0 ? 'a name for it; words are not kept' : 'a name for it';
  openAsk(controls, newAsk({ kind: 'view-name', title: 'Save this as a view', hint, conversationId: '', subject: '' }));
}

export function saveView(controls: Controls, given: string) {
  const name = given.slice(0, 100);
  if (name === '') return controls.say('A view needs a name.', 'bad');
  const options = audiences(controls.data.people);
  if (options.length === 1) return saveViewFor(controls, name, 'personal');
  openPick(controls, newPick({ kind: 'view-audience', title: `Who sees ${cleanLine(name)}?`, options, name }));
}

export function saveViewFor(controls: Controls, name: string, choice: string) {
  const { tims, feed, data } = controls;
  controls.perform(
    'view',
    () => tims.views.create({ name, filter: data.filter, ...audienceOf(choice) }, { retries: 0 }),
    (view) => {
      feed.refreshPeople();
      const whose = view.shared === 'personal' ? '' : `, ${whoseOf(controls.data.people, view)}`;
      controls.say(`Saved${whose}: it stands with the groups. \`:delete-view\` removes it.`, 'good');
    },
  );
}

/** Shares a view with others, or takes it back. */
export function chooseViewToShare(controls: Controls) {
  const { people } = controls.data;
  if (audiences(people).length === 1) return controls.say('Your role shares no views.', 'bad');
  const views = people.views.filter((view) => mayChange(people, view));
  if (views.length === 0) return controls.say(`There are no views. ${controls.keymap.keyOf('save-view')} saves one.`);
  openPick(controls, newPick({ kind: 'share-view', title: 'Share a view', options: viewOptions(people, views) }));
}

export function askAudience(controls: Controls, id: string) {
  const { people } = controls.data;
  const view = people.views.find((one) => one.id === id);
  if (!view) return controls.say('The view is gone.', 'bad');
  const now = view.teamId ?? view.shared;
  const options = audiences(people).map((one) => ({ ...one, mark: one.id === now ? '✓' : ' ' }));
  const title = `Who sees ${cleanLine(view.name)}?`;
  openPick(controls, newPick({ kind: 'view-audience', title, options, subject: id }));
}

/** Whose a view is never changes: another one takes its place, and only then it goes. */
export function shareView(controls: Controls, id: string, choice: string) {
  const { tims, feed } = controls;
  const { people } = controls.data;
  const view = people.views.find((one) => one.id === id);
  if (!view) return controls.say('The view is gone.', 'bad');
  if (choice === (view.teamId ?? view.shared)) return controls.say('It is so already.');
  const { name, filter, position } = view;
  controls.perform(
    'view',
    async () => {
      const made = await tims.views.create({ name, filter, position, ...audienceOf(choice) }, { retries: 0 });
      await shown(controls, made.id);
      // Whoever looks at it goes on looking at it.
      if (controls.state.group === `view:${id}`) controls.set({ ...controls.state, group: `view:${made.id}` });
      await tims.views.remove({ id }, { retries: 0 });
      return made;
    },
    (made) => {
      feed.refreshPeople();
      const whose = made.shared === 'personal' ? 'yours alone again' : whoseOf(people, made);
      controls.say(`${cleanLine(name)} is ${whose}.`, 'good');
    },
    'See whether it stands there twice; `:delete-view` removes one.',
  );
}

/** So long a view may take to stand with the groups; without it one merely looks at another group afterwards. */
const shownMs = 3_000;

function shown({ feed }: Controls, id: string): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const stop = feed.subscribe(() => {
      if (feed.groups.some((group) => group.id === `view:${id}`)) done();
    });
    const timer = setTimeout(done, shownMs);
    feed.refreshPeople();
  });
}

/** With whom the user may share, oneself first. */
function audiences(people: People): Option[] {
  const { me, teams } = people;
  const scope = me.permissions['views:share'];
  const mine = { id: 'personal', label: 'You alone' };
  const shared = teams
    .filter(({ id }) => scope === 'all' || (scope === 'team' && me.teams.some((team) => team.id === id)))
    .map(({ id, name, key }) => ({ id, label: `Team ${cleanLine(name)}`, detail: key }));
  return [mine, ...shared, ...(scope === 'all' ? [{ id: 'everybody', label: 'Everybody' }] : [])];
}

function audienceOf(choice: string): Audience {
  if (choice === 'personal' || choice === 'everybody') return { shared: choice };
  return { shared: 'team', teamId: choice };
}

function mayChange({ me }: People, { shared, teamId }: View): boolean {
  const scope = me.permissions['views:share'];
  if (shared === 'personal' || scope === 'all') return true;
  return scope === 'team' && me.teams.some(({ id }) => id === teamId);
}

function whoseOf(people: People, { shared, teamId }: View): string {
  if (shared === 'personal') return 'yours';
  return shared === 'everybody' || teamId === null ? 'everybody’s' : `of team ${teamName(people, teamId)}`;
}

function viewOptions(people: People, views: readonly View[]): Option[] {
  return views.map((view) => ({ id: view.id, label: cleanLine(view.name), detail: whoseOf(people, view) }));
}

export function chooseViewToRemove(controls: Controls) {
  const { people } = controls.data;
  const views = people.views.filter((view) => mayChange(people, view));
  if (views.length === 0) return controls.say(`There are no views. ${controls.keymap.keyOf('save-view')} saves one.`);
  openPick(controls, newPick({ kind: 'delete-view', title: 'Remove a view', options: viewOptions(people, views) }));
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

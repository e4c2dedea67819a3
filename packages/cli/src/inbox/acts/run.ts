import type { Controls } from '../controls.js';

/** Does one thing: the key that was pressed, and what the palette had behind the name. */
export type Run = (controls: Controls, key: string, argument?: string) => void;

type Subject = NonNullable<ReturnType<Controls['subject']>>;

export function withSubject(controls: Controls, work: (conversation: Subject) => void) {
  const conversation = controls.subject();
  if (conversation) work(conversation);
  else sayNothingIsSelected(controls);
}

/** Where one went away a moment ago, what was said of that is the reason, and stays. */
export function sayNothingIsSelected({ state, say }: Controls): void {
  if (!state.notice) say('No conversation is selected.');
}

/** The same for what is loaded with the open conversation: elsewhere it is opened. */
export function withOpen(controls: Controls, work: (controls: Controls, conversation: Subject) => void) {
  withSubject(controls, (conversation) => {
    if (controls.state.open === conversation.id && controls.data.aside) work(controls, conversation);
    else if (controls.state.open === conversation.id) controls.say('Still loading.');
    else controls.openConversation(conversation.id, 'thread');
  });
}

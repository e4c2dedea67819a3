import type { Controls } from '../controls.js';

/** Does one thing: the key that was pressed, and what the palette had behind the name. */
export type Run = (controls: Controls, key: string, argument?: string) => void;

type Subject = NonNullable<ReturnType<Controls['subject']>>;

export function withSubject(controls: Controls, work: (conversation: Subject) => void) {
  const conversation = controls.subject();
  if (conversation) work(conversation);
  else controls.say('No conversation is selected.');
}

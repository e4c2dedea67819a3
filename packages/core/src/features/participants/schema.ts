import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

export const Watcher = Type.Object(
  { userId: Id('user'), addedBy: Type.String(), addedAt: Timestamp },
  { title: 'Watcher' },
);
export type Watcher = Static<typeof Watcher>;

export const Participants = Type.Object(
  {
    people: Type.Array(
      Type.Object({
        identityId: Id('identity'),
        contactId: Id('contact'),
        name: Nullable(Type.String()),
        username: Nullable(Type.String()),
      }),
      { description: 'The people outside: whom a reply goes to, and who else wrote lately' },
    ),
    watchers: Type.Array(Watcher, { description: 'Colleagues who are told when the customer writes' }),
  },
  { title: 'Participants' },
);
export type Participants = Static<typeof Participants>;

export const NewWatcher = Type.Object({ userId: Id('user') }, { title: 'NewWatcher', additionalProperties: false });

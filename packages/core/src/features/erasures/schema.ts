import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';

/** What an erasure counts, with what each number means. */
export const erasedThings = {
  contacts: 'Contacts that lost their name and attributes: the person and whoever was linked to them',
  identities: 'Identities that lost their names',
  keys: 'Addresses that were removed: numbers, user ids',
  contactTags: 'Tags taken off the contact',
  conversations: 'Conversations that were ended for good',
  messages: 'Messages that were emptied',
  mediaReferences: 'Of them those with a file',
  reactions: 'Reactions that were removed',
  unsent: 'Messages that were still to be sent, and are not',
  notes: 'Notes that were removed',
  drafts: 'Drafts that were removed',
  followUps: 'Follow-ups that were emptied and ended',
  searchDocuments: 'Places in the search index that were removed',
  rawBodies: 'Kept webhook bodies that were removed',
  failures: 'Webhooks that were put aside, removed',
  pendingUpdates: 'Updates that waited for their message, removed',
  notices: "Provider's notices that were emptied",
  importRows: 'Rows of imports that were emptied',
  merges: 'Links and merges whose way back was removed',
  answers: 'Answers kept for repeated requests that were removed',
  jobs: 'Jobs that named a message, removed',
} as const;
export type ErasedThing = keyof typeof erasedThings;

const counts = Object.fromEntries(
  Object.entries(erasedThings).map(([name, description]) => [name, Type.Integer({ description })]),
) as { [K in ErasedThing]: ReturnType<typeof Type.Integer> }; // its own keys

export const Erasure = Type.Object(
  {
    id: Id('erasure'),
    contactId: Id('contact'),
    state: OneOf(['running', 'done']),
    report: Type.Object(counts, { description: 'How many of what went so far' }),
    by: Id('user'),
    at: Timestamp,
    endedAt: Nullable(Timestamp),
  },
  { title: 'Erasure' },
);
export type Erasure = Static<typeof Erasure>;
export type ErasureReport = Erasure['report'];

export function emptyReport(): ErasureReport {
  return Object.fromEntries(Object.keys(erasedThings).map((name) => [name, 0])) as ErasureReport; // its own keys
}

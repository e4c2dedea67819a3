import type { Erasure } from '@tims/sdk';
import { shortIds } from '../short-id.js';
import { facts } from './facts.js';
import { table } from './table.js';
import { ago } from './time.js';

/** What each number of the report is of, in the order in which it goes. */
const things: Record<keyof Erasure['report'], string> = {
  contacts: 'Contacts',
  identities: 'Identities',
  keys: 'Addresses',
  contactTags: 'Tags of the contact',
  conversations: 'Conversations',
  messages: 'Messages',
  mediaReferences: '  of them with a file',
  reactions: 'Reactions',
  unsent: 'Not sent any more',
  notes: 'Notes',
  drafts: 'Drafts',
  followUps: 'Follow-ups',
  searchDocuments: 'Places in the search',
  rawBodies: 'Raw webhooks',
  failures: 'Failed webhooks',
  pendingUpdates: 'Waiting updates',
  notices: "Provider's notices",
  importRows: 'Rows of imports',
  merges: 'Ways back from links',
  answers: 'Kept answers',
  jobs: 'Jobs',
};

export function erasureReport(erasure: Erasure): string {
  const head = facts([
    ['ID', erasure.id],
    ['Contact', erasure.contactId],
    ['State', erasure.state],
    ['Begun', ago(erasure.at)],
    ['Ended', erasure.endedAt === null ? '' : ago(erasure.endedAt)],
  ]);
  const rows = (Object.keys(things) as (keyof Erasure['report'])[]).filter((name) => erasure.report[name] > 0); // its own keys
  const report = table(rows, [
    { title: 'WHAT', value: (name) => things[name] },
    { title: 'WENT', value: (name) => String(erasure.report[name]) },
  ]);
  return `${head}\n${report}`;
}

export function erasureTable(erasures: readonly Erasure[]): string {
  const short = shortIds(erasures.map(({ id }) => id));
  return table<Erasure>(erasures, [
    { title: 'ID', value: ({ id }) => short(id) },
    { title: 'CONTACT', value: ({ contactId }) => contactId },
    { title: 'STATE', value: ({ state }) => state },
    { title: 'BEGUN', value: ({ at }) => ago(at) },
    { title: 'MESSAGES', value: ({ report }) => String(report.messages) },
  ]);
}

import type { People } from '../../src/inbox/state/people.js';

const at = '2026-01-01T00:00:00.000Z';
const colleague = (id: string, name: string, online: boolean) => ({
  id,
  name,
  role: 'agent',
  teams: [{ id: 'tem_1', lead: false }],
  online,
  presence: { state: online ? ('online' as const) : ('offline' as const), lastSeenAt: null },
});

/** A manager with two agents. */
export const people: People = {
  me: {
    id: 'usr_1',
    email: 'mei@example.com',
    name: 'Mei Tan',
    role: 'manager',
    status: 'active',
    teams: [{ id: 'tem_1', lead: true }],
    primaryTeamId: 'tem_1',
    timeZone: null,
    lastSeenAt: null,
    version: 1,
    createdAt: at,
    organization: { id: 'org_1', name: 'Example', contactKinds: ['customer', 'tutor'] },
    permissions: {
      'conversations:read': 'all',
      'conversations:reply': 'all',
      'conversations:take': 'all',
      'conversations:assign': 'all',
      'conversations:close': 'all',
      'conversations:reopen': 'all',
      'conversations:note': 'all',
      'conversations:tag': 'all',
    },
  },
  colleagues: [
    colleague('usr_1', 'Mei Tan', true),
    colleague('usr_2', 'Arjun Nair', true),
    colleague('usr_3', 'Zoë', false),
  ],
  closeReasons: [{ id: 'rsn_1', teamId: null, key: 'resolved', name: 'Resolved', position: 0, version: 1 }],
  tags: [
    { id: 'tag_1', teamId: null, name: 'New Lead', color: 'blue', purpose: null, version: 1 },
    { id: 'tag_2', teamId: 'tem_9', name: 'Refund', color: 'red', purpose: null, version: 1 },
  ],
  canned: [
    {
      id: 'can_1',
      teamId: null,
      shortcut: 'hello',
      title: 'Greeting',
      text: 'Hello {{contact.first_name|there}}',
      variables: ['contact.first_name'],
      createdAt: at,
      version: 1,
    },
  ],
  views: [],
  teams: [{ id: 'tem_1', key: 'cx', name: 'Customer Experience', members: [], version: 1, createdAt: at }],
};

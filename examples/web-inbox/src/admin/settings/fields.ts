import type { OrganizationSettings } from '@tims/sdk';

type Settings = OrganizationSettings;

interface Said {
  readonly title: string;
  readonly says: string;
  readonly group: SettingGroup;
}

export type SettingField = Said &
  (
    | { readonly type: 'choice'; readonly choices: Readonly<Record<string, string>> }
    | { readonly type: 'number'; readonly min: number; readonly max: number; readonly unit: string }
    | { readonly type: 'words'; readonly pattern: RegExp; readonly most: number }
  );

export const settingGroups = ['Who sees what', 'Signing in', 'Answering', 'Contacts', 'Against floods'] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** Every setting that there is, as people read it. A new one of the server is missed here by the compiler. */
export const settingFields: { readonly [K in keyof Settings]: SettingField } = {
  queueSight: {
    group: 'Who sees what',
    title: 'Agents and the queue',
    says: 'What agents see of a conversation in their teams’ queues until they take it. A preview is its line and the last three messages.',
    type: 'choice',
    choices: { preview: 'A preview', whole: 'All of it' },
  },
  managerSight: {
    group: 'Who sees what',
    title: 'Managers',
    says: 'Which conversations managers see.',
    type: 'choice',
    choices: { all: 'All conversations', team: 'Those of their own teams' },
  },
  secondFactor: {
    group: 'Signing in',
    title: 'Second factor',
    says: 'Who may not work without a code beside the password. Who needs one and has none is led to set it up, and can do nothing else.',
    type: 'choice',
    choices: { nobody: 'Nobody has to', administrators: 'Administrators have to', everybody: 'Everybody has to' },
  },
  undoSendSeconds: {
    group: 'Answering',
    title: 'Undo send',
    says: 'How long a message waits before it is sent, and can be taken back. 0 sends at once.',
    type: 'number',
    min: 0,
    max: 60,
    unit: 'seconds',
  },
  overloadAt: {
    group: 'Answering',
    title: 'Overload',
    says: 'From how many open conversations on an agent counts as overloaded.',
    type: 'number',
    min: 1,
    max: 1_000,
    unit: 'conversations',
  },
  contactKinds: {
    group: 'Contacts',
    title: 'Kinds of contacts',
    says: 'What a contact can be. The first one is what new contacts are. Small letters, digits, - and _; separate them with commas.',
    type: 'words',
    pattern: /^[a-z][a-z0-9_-]{0,31}$/,
    most: 50,
  },
  floodPerMinute: {
    group: 'Against floods',
    title: 'Messages of one person',
    says: 'From how many messages a minute on a person no longer moves the queue. Nothing is lost. 0 is no limit.',
    type: 'number',
    min: 0,
    max: 10_000,
    unit: 'a minute',
  },
  channelFloodPerMinute: {
    group: 'Against floods',
    title: 'New conversations of one channel',
    says: 'The same for new conversations over one channel. 0 is no limit.',
    type: 'number',
    min: 0,
    max: 1_000_000,
    unit: 'a minute',
  },
};

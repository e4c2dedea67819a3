import type { Row } from '@tims/core/plugin';
import { idOf, type Numbers, numbersOf } from './numbers.js';
import type { SeedPlace } from './people.js';
import { beganAt, cameBack, endless, firstOf, lastOf, type SeedPlan, type State, stateOf } from './plan.js';
import type { Speech } from './speech.js';

export const tables = [
  'contacts',
  'identities',
  'identity_keys',
  'conversations',
  'messages',
  'read_marks',
  'conversation_tags',
  'follow_ups',
  'notes',
] as const;
export type Rows = Record<(typeof tables)[number], Row[]>;

/** All that one conversation is made of. */
export interface Scene {
  plan: SeedPlan;
  place: SeedPlace;
  speech: Speech;
  rows: Rows;
}

interface Line {
  id: string;
  at: number;
  inbound: boolean;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Adds the rows of one conversation; whatever they say of each other is true as if it had been lived through. */
export function addConversation(scene: Scene, index: number): void {
  const { plan, place, speech, rows } = scene;
  const numbers = numbersOf(plan.seed, index);
  const state = stateOf(plan, index);
  const began = beganAt(plan, index);
  const organization_id = place.organization;
  const first = firstOf(index);
  const contact = idOf('con', beganAt(plan, first), first);
  const identity = idOf('idn', beganAt(plan, first), first);
  const id = idOf('cnv', began, index);
  if (first === index) addContact(scene, index, { contact, identity, name: speech.name(numbers) });

  const { team, agent } = holder(scene, index, state, numbers);
  const lines = linesOf(plan, index, state, numbers);
  for (const line of lines) {
    rows.messages.push(messageRow(scene, line, { id, identity, agent, text: speech.sentence(numbers) }));
  }
  const last = lines[lines.length - 1] ?? { id: '', at: began, inbound: true };
  const waiting = waitingLines(lines);
  const open = state === 'queued' || state === 'assigned';
  const unread = state === 'queued' || (state === 'assigned' && numbers.below(2) === 0) ? waiting.length : 0;
  const inbound = lines.filter((line) => line.inbound).length;
  const closedAt = state === 'closed' ? Math.min(last.at + 60 * minute, plan.until) : null;
  const row: Row = {
    organization_id,
    id,
    channel_id: place.channelId,
    thread_key: identity,
    // The last of a customer's conversations keeps it; the one before gave it up.
    active_key: cameBack(plan, index) ? null : identity,
    contact_id: contact,
    identity_id: identity,
    team_id: team,
    assignee_id: agent,
    lifecycle: open ? 'open' : state === 'pending' ? 'pending' : 'closed',
    handler: agent === null ? 'team' : 'user',
    status: state,
    handler_version: agent === null ? 1 : 2,
    version: 1 + lines.length,
    unread_count: unread,
    inbound_count: inbound,
    tag_count: 0,
    initiated_by: 'contact',
    last_message_id: last.id,
    last_message_at: last.at,
    last_activity_at: last.at,
    waiting_since: open ? (waiting[0]?.at ?? null) : null,
    close_reason: state === 'closed' ? reason(numbers) : null,
    closed_at: closedAt,
    follow_up_at: null,
    created_at: began,
  };
  rows.conversations.push(row);
  if (agent !== null) addReadMark(scene, row, agent, lines, unread);
  if (agent !== null) addFollowUp(scene, row, index, agent, numbers);
  addTags(scene, row, index, numbers);
  if (agent !== null && numbers.below(30) === 0) addNote(scene, row, index, agent, numbers);
}

/** Nobody's while it waits in a queue. */
function holder({ plan, place }: Scene, index: number, state: State, numbers: Numbers) {
  const drawn = numbers.next();
  const share = drawn < 0.5 ? 0 : drawn < 0.8 ? 1 : 2;
  const { id: team = '', agents = [] } = place.teams[share] ?? {};
  if (state === 'queued') return { team, agent: null };
  const own = index % Math.ceil(plan.conversations / 200) === 0 || (state !== 'closed' && numbers.below(60) === 0);
  if (own) return { team: place.teams[0]?.id ?? '', agent: place.newcomer };
  return { team, agent: agents[numbers.below(agents.length)] ?? null };
}

/** Who wrote when. Whoever is open waits for an answer more often than not; the others had theirs. */
function linesOf(plan: SeedPlan, index: number, state: State, numbers: Numbers): Line[] {
  const began = beganAt(plan, index);
  const count =
    index === endless
      ? plan.longest
      : state === 'queued'
        ? 1 + numbers.below(3)
        : 1 + numbers.below(2 * plan.messages - 1);
  const step = index === endless ? Math.floor((plan.until - 60 * minute - began) / Math.max(1, count)) : minute;
  const lines: Line[] = [];
  for (let n = 0; n < count; n++) {
    const at = began + n * step + numbers.below(step - 1_000);
    const before = lines[n - 1]?.inbound;
    const draw = numbers.below(10);
    const answers = before === undefined || state === 'queued' ? false : before ? draw < 7 : draw < 3;
    const last = n === count - 1 && n > 0 && (state === 'closed' || state === 'pending');
    lines.push({ id: idOf('msg', at, index * 16_384 + n), at, inbound: !(last || answers) });
  }
  return lines;
}

/** What the customer said since somebody answered. */
function waitingLines(lines: readonly Line[]): Line[] {
  const answered = lines.findLastIndex((line) => !line.inbound);
  return lines.slice(answered + 1);
}

function addContact(
  { plan, place, rows }: Scene,
  index: number,
  { contact, identity, name }: { contact: string; identity: string; name: string },
): void {
  const organization_id = place.organization;
  const created_at = beganAt(plan, index);
  const kind = index % 33 === 7 ? 'tutor' : 'customer';
  rows.contacts.push({ organization_id, id: contact, name, kind, version: 1, created_at });
  rows.identities.push({
    organization_id,
    id: identity,
    channel_id: place.channelId,
    contact_id: contact,
    name,
    last_inbound_at: beganAt(plan, lastOf(plan, index)),
    created_at,
  });
  rows.identity_keys.push({
    organization_id,
    channel_id: place.channelId,
    type: 'phone',
    value: phoneOf(index),
    identity_id: identity,
    created_at,
  });
}

/** The number of the customer who first wrote in this conversation. */
export function phoneOf(index: number): string {
  return `+6019${String(10_000_000 + index)}`;
}

function messageRow(
  { place }: Scene,
  { id, at, inbound }: Line,
  of: { id: string; identity: string; agent: string | null; text: string },
): Row {
  return {
    organization_id: place.organization,
    id,
    conversation_id: of.id,
    channel_id: place.channelId,
    direction: inbound ? 'inbound' : 'outbound',
    origin: 'live',
    identity_id: inbound ? of.identity : null,
    user_id: inbound ? null : of.agent,
    type: 'text',
    content: JSON.stringify({ type: 'text', v: 1, text: of.text }),
    // As unique as the id, and in its order.
    external_id: `wamid.seed.${id.slice(4)}`,
    sent_at: at,
    received_at: at,
    display_at: at,
    state: inbound ? null : 'read',
    delivered_at: inbound ? null : at + 2_000,
    read_at: inbound ? null : at + 20_000,
    version: inbound ? 1 : 4,
  };
}

/** Up to where the one who has it read: everything but what is unread. */
function addReadMark({ rows }: Scene, row: Row, user_id: string, lines: readonly Line[], unread: number): void {
  const read = lines[lines.length - 1 - unread];
  if (!read) return;
  rows.read_marks.push({
    organization_id: row.organization_id ?? null,
    conversation_id: row.id ?? null,
    user_id,
    message_id: read.id,
    read_at: read.at + minute,
    inbound_count: Number(row.inbound_count) - unread,
    display_at: read.at,
  });
}

/** Every other one that is pending comes back at a time; some that are closed did. */
function addFollowUp({ plan, rows }: Scene, row: Row, index: number, agent: string, numbers: Numbers): void {
  const open = row.status === 'pending' && numbers.below(2) === 0;
  const done = row.status === 'closed' && numbers.below(50) === 0;
  if (!open && !done) return;
  const created = Number(row.last_message_at);
  const due = open ? plan.until + Math.floor((numbers.next() * 16 - 2) * day) : created + 2 * day;
  if (open) row.follow_up_at = due;
  rows.follow_ups.push({
    organization_id: row.organization_id ?? null,
    id: idOf('fup', created, index),
    conversation_id: row.id ?? null,
    user_id: agent,
    due_at: due,
    text: 'Has the payment arrived?',
    created_by: agent,
    remind_at: open && due > plan.until ? due : null,
    done_at: open ? null : Math.min(due, plan.until),
    open: open ? 1 : 0,
    version: open ? 1 : 2,
    created_at: created,
  });
}

function addTags({ place, rows }: Scene, row: Row, index: number, numbers: Numbers): void {
  const { common, rare, followUp } = place.tags;
  const tags = new Set<string>();
  // The first of them is put on one in eight, the second on half as many, and so on.
  for (const [rank, tag] of common.entries()) if (numbers.next() < 0.125 / (rank + 1)) tags.add(tag);
  if (index % 5_000 === 11) tags.add(rare);
  if (row.follow_up_at !== null) tags.add(followUp);
  for (const tag_id of tags) {
    rows.conversation_tags.push({
      organization_id: row.organization_id ?? null,
      conversation_id: row.id ?? null,
      tag_id,
      last_activity_at: row.last_activity_at ?? null,
      tagged_by: row.assignee_id ?? null,
      tagged_at: row.created_at ?? null,
    });
  }
  row.tag_count = tags.size;
}

function addNote({ speech, rows }: Scene, row: Row, index: number, author_id: string, numbers: Numbers): void {
  const created_at = Number(row.last_message_at);
  rows.notes.push({
    organization_id: row.organization_id ?? null,
    id: idOf('not', created_at, index),
    conversation_id: row.id ?? null,
    contact_id: null,
    kind: 'note',
    author_id,
    text: speech.sentence(numbers),
    mentions: '[]',
    version: 1,
    created_at,
  });
}

const reasons = [
  'resolved',
  'resolved',
  'resolved',
  'no_reply',
  'handled_elsewhere',
  'duplicate',
  'not_for_us',
  'spam',
];
const reason = (numbers: Numbers) => reasons[numbers.below(reasons.length)] ?? 'resolved';

import type { Conversation } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, customerWritesAgain, openStage, type Person, type Stage } from '../stage/index.js';

/** Every filter by itself, as a sentence about one conversation. */
const filters: Record<string, (one: Conversation, ids: Record<string, string>) => boolean> = {
  'lifecycle=open': ({ lifecycle }) => lifecycle === 'open',
  'lifecycle=closed': ({ lifecycle }) => lifecycle === 'closed',
  'status=queued': ({ status }) => status === 'queued',
  'teamId=TEAM': ({ teamId }, { TEAM }) => teamId === TEAM,
  'assigneeId=AGENT': ({ assigneeId }, { AGENT }) => assigneeId === AGENT,
  'channelId=CHANNEL': ({ channel }, { CHANNEL }) => channel.id === CHANNEL,
  'contactKind=tutor': ({ contact }) => contact.kind === 'tutor',
  'tagId=TAG': ({ tags }, { TAG = '' }) => tags.includes(TAG),
  'unread=true': ({ unreadCount }) => unreadCount > 0,
  'unread=false': ({ unreadCount }) => unreadCount === 0,
  'from=FROM': ({ lastActivityAt }, { FROM = '' }) => lastActivityAt >= FROM,
  'to=TO': ({ lastActivityAt }, { TO = '' }) => lastActivityAt < TO,
  'order=waiting': ({ waitingSince }) => waitingSince !== null,
  'followUp=open': ({ followUpAt }) => followUpAt !== null,
};

/** A follow-up has its own order, whatever other is asked for. */
const orderless = (a: string, b: string) => a === 'order=waiting' && b === 'followUp=open';

forEachDatabase('filters of conversations', (open) => {
  let stage: Stage;
  let people: Person[];
  let ids: Record<string, string>;
  const list = async (query: string, as: Person): Promise<Conversation[]> => {
    const found: Conversation[] = [];
    for (let cursor = ''; ; ) {
      const { status, body, text } = await stage.call('GET', `/api/conversations?limit=9&${query}${cursor}`, { as });
      expect(status, text).toBe(200);
      found.push(...body.data);
      if (body.nextCursor === null) return found;
      cursor = `&cursor=${body.nextCursor}`;
    }
  };

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims, admin, call } = stage;
    const tx = await tims.addTeam('tx');
    const [agent, lead] = await Promise.all([
      addPerson(tims, 'agent', [tims.teamId]),
      addPerson(tims, 'assistant_manager', [tims.teamId, tx]),
    ]);
    people = [admin, lead, agent];
    const { body } = await call('GET', '/api/tags', { as: admin });
    const tagId = body.data[0].id;
    const { writer } = tims.installation.storage;
    for (let i = 0; i < 24; i++) {
      const one = await conversationAt(tims, {
        ...(i % 2 === 0 ? { teamId: tx } : {}),
        ...(i % 3 === 0 ? { assignee: agent.actor } : {}),
        ...(i % 4 === 0 ? { closed: true } : {}),
      });
      if (i % 5 === 0) await call('POST', `/api/conversations/${one.id}/tags`, { as: admin, body: { tagId } });
      if (i % 6 === 0) await writer('contacts').where('id', one.contactId).update({ kind: 'tutor' });
      if (i % 7 === 0)
        await writer('conversations')
          .where('id', one.id)
          .update({ follow_up_at: 1_000 * i });
      if (i % 3 === 1) await call('POST', `/api/conversations/${one.id}/read`, { as: admin, body: {} });
      if (i % 10 === 5) await customerWritesAgain(tims, one);
    }
    const all = (await list('', admin)).map((one) => one.lastActivityAt).sort();
    const [FROM = '', TO = ''] = [all[6], all[18]];
    ids = { TEAM: tx, AGENT: agent.actor.id, CHANNEL: tims.channelId, TAG: tagId, FROM, TO };
  });
  afterAll(() => stage.close());

  const filled = (query: string) => query.replace(/[A-Z]{2,}/g, (name) => ids[name] ?? name);

  it.each(pairsOf(Object.keys(filters)))('%s&%s: what is shown is what of everything it is true of', async (a, b) => {
    // A single filter for each of them, pairs for one each: they are many.
    for (const as of a === b ? people : [people[(a.length + b.length) % people.length] ?? expect.fail()]) {
      const everything = await list('', as);
      const found = await list(filled(a === b ? a : `${a}&${b}`), as);
      const wanted = everything.filter((one) => filters[a]?.(one, ids) && filters[b]?.(one, ids));
      expect(found.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      expectOrder(`${a}&${b}`, found);
    }
  });

  it.each(Object.keys(filters).filter((filter) => !filter.startsWith('order')))(
    '%s is counted as it is listed',
    async (filter) => {
      const { call, admin } = stage;
      const { body } = await call('GET', `/api/conversations/counts?${filled(filter)}`, { as: admin });
      // The cells of the counts follow the log; nothing follows it here, so what they alone know is 0.
      const byCells = /^(lifecycle|status|teamId|assigneeId|channelId|unread)=/.test(filter);
      const listed = await list(filled(filter), admin);
      expect(body.filtered).toEqual({ total: byCells ? 0 : listed.length, exact: true });
    },
  );
});

function expectOrder(query: string, found: Conversation[]): void {
  const placed = query.includes('followUp')
    ? found.map(({ followUpAt }) => followUpAt ?? '')
    : query.includes('waiting')
      ? found.map(({ waitingSince }) => waitingSince ?? '')
      : found.map(({ lastActivityAt }) => lastActivityAt).reverse();
  expect(placed).toEqual([...placed].sort());
}

/** Each with each other one of another name, and with none. */
function pairsOf(names: string[]): [string, string][] {
  const nameOf = (filter: string) => filter.split('=')[0];
  return names.flatMap((a, i) =>
    names.slice(i).flatMap((b): [string, string][] => {
      if (orderless(a, b)) return [];
      return a === b || nameOf(a) !== nameOf(b) ? [[a, b]] : [];
    }),
  );
}

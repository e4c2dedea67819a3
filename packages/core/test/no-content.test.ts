import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  assignConversation,
  closeConversation,
  createTeam,
  idPrefixes,
  readConversation,
  sendMessage,
  takeConversation,
} from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import { conversationOf, eventsAfter, newPhone, type Row, rows, shared } from './stage.js';

const fixtures = fileURLToPath(new URL('../../../plugins/channel-whatsapp/test/fixtures', import.meta.url));
const id = new RegExp(`^(${Object.values(idPrefixes).join('|')})_[0-9a-z]{26}$`);
/** The words that events may use: states and kinds of our own. */
const words = new RegExp(
  `^(${[
    ...['open', 'pending', 'closed', 'triage', 'ai', 'team', 'user', 'whatsapp'],
    ...['inbound', 'outbound', 'queued', 'sending', 'unknown', 'sent', 'failed', 'delivered', 'read', 'played'],
    ...['admin', 'agent'], // roles
    ...['template', 'quality', 'account', 'opt_out', 'error', 'other'],
  ].join('|')})$`,
);

forEachDatabase('the events in the log', (open) => {
  const stage = shared(open);

  it('carry ids, numbers and states: nothing of what anybody said or is called, whatever a provider sends', async () => {
    const tims = stage();
    const { installation, admin, phoneNumberId } = tims;
    const bodies = readdirSync(fixtures).map((name) => readFileSync(join(fixtures, name), 'utf8'));
    for (const body of bodies) await tims.receive(body.replaceAll('100200300', phoneNumberId));
    const from = newPhone();
    await tims.receive(textWebhook({ phoneNumberId, from, text: 'the-customer-says', name: 'the-customers-name' }));
    const { id: conversationId } = await conversationOf(tims, from);
    await takeConversation(installation, admin, { id: conversationId });
    await sendMessage(installation, admin, { conversationId, text: 'the-agent-says' });
    await readConversation(installation, admin, { id: conversationId });
    const team = await createTeam(installation, admin, { key: 'billing', name: 'the-teams-name' });
    await assignConversation(installation, admin, { id: conversationId, teamId: team.id });
    await closeConversation(installation, admin, { id: conversationId, reason: 'spam' });
    await tims.addUser('agent', [team.id]);

    const events = await eventsAfter(tims, 0);
    expect(events.length).toBeGreaterThan(60);
    const leaves = events.flatMap(({ before, after, changes, conversationId: of }) =>
      texts({ before, after, changes, of }),
    );
    const names = events.flatMap(({ type, changes }) => (type === 'channel.notice' ? [changes?.name] : []));
    expect([...new Set(leaves.filter((text) => !id.test(text) && !words.test(text) && !names.includes(text)))]).toEqual(
      [],
    );

    // The name of a notice is the provider's word for the kind of news; nothing that stands in its data.
    const said = new Set([
      ...bodies.flatMap((body) => contentOf(JSON.parse(body))),
      from,
      'the-customer-says',
      'the-customers-name',
    ]);
    expect(said.size).toBeGreaterThan(60);
    const stored = (await rows(tims, 'events')).map((row) => `${row.data} ${row.entity_id} ${row.actor_id}`).join('\n');
    expect(
      [...said].filter((text) => stored.includes(text) && !names.some((name) => `${name}`.includes(text))),
    ).toEqual([]);
    expect(stored).not.toMatch(/the-(agent|teams|reason|customer)/);
  });
});

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** What people said and are called, in a webhook of Meta's: texts, captions, names, numbers, addresses. */
function contentOf(value: unknown, key = ''): string[] {
  const speaking =
    /^(body|text|caption|name|first_name|formatted_name|from|to|wa_id|recipient_id|user_id|from_user_id|title|description|emoji|filename|phone|email|address|sha256|username|url)$/;
  if (typeof value === 'string') return speaking.test(key) && value.length > 3 ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry) => contentOf(entry, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Row).flatMap(([name, entry]) => contentOf(entry, name));
}

import { reading, type Search, type SearchHit, search, transaction, type UserActor } from '@tims/core';
import { textWebhook, together } from '@tims/testing';
import { newId } from '../../src/kernel/ids.js';
import { catchUp } from '../../src/pipeline/consumers/runner.js';
import { searchConsumer } from '../../src/pipeline/consumers/search.js';
import type { NewEvent } from '../../src/pipeline/event-log/event.js';
import { conversationOf, newPhone, now, otherField, type Stage } from '../stage.js';

/** New customers say these texts and the index follows; answers with the conversations. */
export async function said(tims: Stage, ...texts: string[]): Promise<string[]> {
  const { phoneNumberId } = tims;
  const phones = texts.map(newPhone);
  await tims.receive(
    together(...texts.map((text, at) => textWebhook({ phoneNumberId, from: phones[at] ?? '', text }))),
  );
  await follow(tims);
  return Promise.all(phones.map(async (phone) => (await conversationOf(tims, phone)).id));
}

export async function follow({ installation }: Stage): Promise<void> {
  while (await catchUp(installation, searchConsumer));
}

export async function told(tims: Stage, event: NewEvent): Promise<void> {
  await transaction(tims.installation, tims.organization, tims.admin, async (ctx) => ctx.append(event));
  await follow(tims);
}

export async function writeNote(
  tims: Stage,
  note: { conversation_id?: string | undefined; text: string },
): Promise<string> {
  const id = newId('note');
  await tims.installation.storage.writer('notes').insert({
    organization_id: tims.organization,
    id,
    kind: 'note',
    author_id: tims.admin.id,
    mentions: '[]',
    version: 1,
    created_at: Date.now(),
    ...note,
  });
  await told(tims, { type: 'note.created', entityId: id, entityVersion: 1 });
  return id;
}

export function ask(tims: Stage, request: Search, as: UserActor = tims.admin) {
  return search(reading(tims.installation, tims.organization, as), request);
}

/** The beginnings of the messages found. */
export async function found(tims: Stage, q: string): Promise<string[]> {
  return (await ask(tims, { q, in: 'messages' })).data.map(({ excerpt }) => excerpt);
}

export async function allPages(tims: Stage, request: Search, as: UserActor = tims.admin): Promise<SearchHit[][]> {
  const pages: SearchHit[][] = [];
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await ask(tims, { ...request, ...(cursor === undefined ? {} : { cursor }) }, as);
    pages.push(data);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

/** The excerpt with brackets around what matched. */
export function marked({ excerpt, ranges }: SearchHit): string {
  let text = '';
  let at = 0;
  for (const { start, length } of ranges) {
    text += `${excerpt.slice(at, start)}[${excerpt.slice(start, start + length)}]`;
    at = start + length;
  }
  return text + excerpt.slice(at);
}

export function historyOf(tims: Stage, from: string, id: string, text: string): object {
  const message = { from, id, timestamp: String(now() - 9_000_000), type: 'text', text: { body: text } };
  return otherField('history', tims.phoneNumberId, {
    history: [{ metadata: { phase: 0, chunk_order: 1, progress: 50 }, threads: [{ id: from, messages: [message] }] }],
  });
}

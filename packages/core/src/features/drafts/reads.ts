import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, toPage } from '../../database/page.js';
import { conversationInSight } from '../conversations/index.js';
import { demand } from '../roles/index.js';
import { present } from './present.js';
import { findDraft, pageDrafts } from './repository.js';
import type { Draft } from './schema.js';

/** The caller's draft in a conversation that they see; an empty one of version 0 where there is none. */
export async function getDraft(ctx: ReadContext, conversationId: string): Promise<Draft> {
  demand(ctx.actor, 'conversations:reply');
  await conversationInSight(ctx, conversationId);
  const draft = await findDraft(ctx, conversationId);
  return draft ? present(draft) : { conversationId, text: '', replyTo: null, version: 0, updatedAt: null };
}

/** The caller's drafts, the last written first. */
export async function listDrafts(ctx: ReadContext, page: PageRequest): Promise<Page<Draft>> {
  demand(ctx.actor, 'conversations:reply');
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const rows = await pageDrafts(ctx, cursor, limit + 1);
  return toPage(rows, limit, ({ updatedAt, conversationId }) => ({ at: updatedAt, id: conversationId }), present);
}

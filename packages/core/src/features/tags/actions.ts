import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { messageUpdated } from '../../pipeline/event-log/message-updated.js';
import { contactInSight, demandWritable, showContact, touchContact } from '../contacts/index.js';
import {
  type Conversation,
  type ConversationRecord,
  lockConversation,
  lockConversations,
  presentConversations,
} from '../conversations/index.js';
import { lockMessages, type Message, presentMessages, updateMessages } from '../messages/index.js';
import { demand, demandInTeam, demandOn } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { retag } from './actions-retag.js';
import { mayUse } from './reads.js';
import { deleteTagRow, findTagFor, findTags, idByName, insertTags, updateTagRow } from './repository.js';
import { conversationsWith, deleteTagUse, deleteTagUses, insertTagUse } from './repository-uses.js';
import { firstTags, type NewTag, type Tag, type TagPatch } from './schema.js';

export const createTag = action('tags.create', async (ctx, { name, color = 'gray', teamId = null }: NewTag) => {
  demandInTeam(ctx.actor, 'tags:write', teamId);
  if (teamId && !(await teamExists(ctx, teamId))) fail('not_found', `There is no team ${teamId}`);
  const tag: Tag = { id: newId('tag'), teamId, name: name.trim(), color, purpose: null, version: 1 };
  await demandFreeName(ctx, tag);
  await insertTags(ctx, [tag]);
  tell(ctx, tag, 'created');
  return tag;
});

export const updateTag = action('tags.update', async (ctx, { id, ...patch }: TagPatch & { id: string }) => {
  const before = await writable(ctx, id);
  const name = patch.name?.trim() ?? before.name;
  const after: Tag = { ...before, ...patch, name, version: before.version + 1 };
  await demandFreeName(ctx, after);
  await updateTagRow(ctx, after);
  tell(ctx, after, 'changed');
  return after;
});

/** How many conversations one round takes the tag off. */
const chunk = 500;

/** Takes it off everything, too. */
export const deleteTag = action('tags.delete', async (ctx, { id }: { id: string }) => {
  const tag = await writable(ctx, id);
  for (;;) {
    const ids = await conversationsWith(ctx, id, chunk);
    if (ids.length === 0) break;
    await retag(ctx, await lockConversations(ctx, ids), { remove: [tag] });
  }
  await deleteTagUses(ctx, id);
  await deleteTagRow(ctx, id);
  tell(ctx, { ...tag, version: tag.version + 1 }, 'removed');
});

export const tagConversation = action('conversations.tag', (ctx, input: { id: string; tagId: string }) =>
  retagOne(ctx, input, 'add'),
);

export const untagConversation = action('conversations.untag', (ctx, input: { id: string; tagId: string }) =>
  retagOne(ctx, input, 'remove'),
);

export const tagMessage = action('messages.tag', (ctx, input: { id: string; tagId: string }) =>
  retagMessage(ctx, input, insertTagUse),
);

export const untagMessage = action('messages.untag', (ctx, input: { id: string; tagId: string }) =>
  retagMessage(ctx, input, deleteTagUse),
);

export const tagContact = action('contacts.tag', (ctx, input: { id: string; tagId: string }) =>
  retagContact(ctx, input, insertTagUse),
);

export const untagContact = action('contacts.untag', (ctx, input: { id: string; tagId: string }) =>
  retagContact(ctx, input, deleteTagUse),
);

/** Inside the transaction that makes an organization. */
export async function addFirstTags(ctx: Context): Promise<void> {
  await insertTags(
    ctx,
    firstTags.map((tag) => ({ ...tag, id: newId('tag'), teamId: null, version: 1 })),
  );
}

/** Puts the tag that TIMS uses for something on the conversation, or takes it off; nothing where somebody removed it. */
export async function keepTagFor(
  ctx: Context,
  purpose: 'follow_up',
  conversation: ConversationRecord,
  on: boolean,
): Promise<ConversationRecord> {
  const tag = await findTagFor(ctx, purpose);
  if (!tag) return conversation;
  const [after = conversation] = await retag(ctx, [conversation], on ? { add: [tag] } : { remove: [tag] });
  return after;
}

/** The tag, if the caller knows of it. */
export async function usableTag(ctx: Context, id: string): Promise<Tag> {
  const [tag] = await findTags(ctx, [id]);
  return tag && mayUse(ctx, tag) ? tag : fail('not_found', `There is no tag ${id}`);
}

async function retagOne(
  ctx: Context,
  { id, tagId }: { id: string; tagId: string },
  how: 'add' | 'remove',
): Promise<Conversation> {
  const before = await lockConversation(ctx, id);
  demandOn(ctx.actor, 'conversations:tag', before);
  const [after = before] = await retag(ctx, [before], { [how]: [await usableTag(ctx, tagId)] });
  const [shown] = await presentConversations(ctx, [after]);
  return shown ?? fail('internal_error');
}

type Use = typeof insertTagUse;

async function retagMessage(ctx: Context, { id, tagId }: { id: string; tagId: string }, use: Use): Promise<Message> {
  const [message] = await lockMessages(ctx, [id]);
  if (!message) fail('not_found', `There is no message ${id}`);
  const conversation = await lockConversation(ctx, message.conversationId);
  demandOn(ctx.actor, 'conversations:tag', conversation);
  await usableTag(ctx, tagId);
  const changed = await use(ctx, 'message', id, tagId);
  const after = changed ? { ...message, version: message.version + 1 } : message;
  if (changed) {
    await updateMessages(ctx, [after]);
    ctx.append(messageUpdated(after, conversation, { tagId }));
  }
  const [shown] = await presentMessages(ctx, [after]);
  return shown ?? fail('internal_error');
}

async function retagContact(ctx: Context, { id, tagId }: { id: string; tagId: string }, use: Use) {
  demand(ctx.actor, 'contacts:write');
  await contactInSight(ctx, id);
  await demandWritable(ctx, id);
  await usableTag(ctx, tagId);
  if (await use(ctx, 'contact', id, tagId)) {
    ctx.append({ type: 'contact.updated', entityId: id, entityVersion: await touchContact(ctx, id) });
  }
  return showContact(ctx, await contactInSight(ctx, id));
}

async function writable(ctx: Context, id: string): Promise<Tag> {
  const [tag] = await findTags(ctx, [id]);
  if (!tag) fail('not_found', `There is no tag ${id}`);
  demandInTeam(ctx.actor, 'tags:write', tag.teamId);
  return tag;
}

async function demandFreeName(ctx: Context, tag: Tag): Promise<void> {
  const holder = await idByName(ctx, tag);
  if (holder !== undefined && holder !== tag.id) fail('tag_taken', undefined, { tagId: holder });
}

function tell(ctx: Context, { id, version }: Tag, what: 'created' | 'changed' | 'removed'): void {
  ctx.append({ type: 'tag.updated', entityId: id, entityVersion: version, changes: { what } });
}

import type { Context, ReadContext } from '../../database/context.js';
import type { LoggedEvent } from '../../pipeline/event-log/event.js';
import { type Draft, draftOf, emptyDraft, writeDrafts } from './repository-index.js';
import { entitiesOfContact, entitiesOfConversations, importedMessages } from './repository-scope.js';
import { readEntities } from './repository-texts.js';
import { type IndexedKind, indexedKinds } from './words.js';

/**
 * What the events leave the index to say. Read before the transaction that writes it: what changes after this read has
 * an event of its own further on, so a draft that is late is put right by it.
 */
export async function draftsOf(ctx: ReadContext, events: readonly LoggedEvent[]): Promise<Draft[]> {
  const due: Record<IndexedKind, Set<string>> = { message: new Set(), contact: new Set(), note: new Set() };
  const add = (entities: readonly { kind: IndexedKind; id: string }[]) => {
    for (const { kind, id } of entities) due[kind].add(id);
  };
  const imports = new Set<string>();
  const conversations = new Set<string>();
  for (const event of events) {
    const [noun] = event.type.split('.');
    if (noun === 'message' && !onlyDelivery(event)) due.message.add(event.entityId);
    if (noun === 'note') due.note.add(event.entityId);
    if (noun === 'contact') for (const id of [event.entityId, ...named(event, 'con_')]) due.contact.add(id);
    if (event.type === 'contact.erased') add(await entitiesOfContact(ctx, event.entityId));
    if (event.type === 'conversation.merged') {
      for (const id of [event.entityId, ...named(event, 'cnv_')]) conversations.add(id);
    }
    if (Array.isArray(event.changes?.imported)) imports.add(event.changes.imported.join(' '));
  }
  add(await entitiesOfConversations(ctx, [...conversations]));
  for (const range of imports) {
    const [first = '', last = ''] = range.split(' ');
    add(await importedMessages(ctx, first, last));
  }
  return draftsFor(ctx, due);
}

/** Writes the drafts; twice is as good as once. */
export async function followEvents(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  await writeDrafts(ctx, drafts);
}

async function draftsFor(ctx: ReadContext, due: Record<IndexedKind, Set<string>>): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const kind of indexedKinds) {
    const ids = [...due[kind]];
    const entities = await readEntities(ctx, kind, ids);
    for (const id of ids) {
      const entity = entities.get(id);
      drafts.push(entity ? draftOf(entity) : emptyDraft(kind, id));
    }
  }
  return drafts;
}

/** Most events about messages: sent, delivered, read, a reaction. They leave the words as they are. */
function onlyDelivery({ type, changes = {} }: LoggedEvent): boolean {
  const names = Object.keys(changes);
  return (
    type === 'message.updated' && names.length > 0 && names.every((name) => name === 'state' || name === 'reaction')
  );
}

/** Ids of one kind among what an event says has changed. */
function named({ changes = {} }: LoggedEvent, prefix: string): string[] {
  return Object.values(changes)
    .flat()
    .filter((value): value is string => typeof value === 'string' && value.startsWith(prefix));
}

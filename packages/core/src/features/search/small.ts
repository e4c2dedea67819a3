import { scopeOf } from '../roles/index.js';
import type { Catch, Found, Look } from './look.js';
import { matchText } from './match.js';
import { keyAt } from './repository-keys.js';
import { contactsByKey, readTags } from './repository-sight.js';
import { readEntities } from './repository-texts.js';
import { unitsOf } from './units.js';

/** Tags that the actor may use: everybody's and those of their teams; all of them for who sees all conversations. */
export async function tagsByName(look: Look): Promise<Catch> {
  const { ctx, query } = look;
  const { actor } = ctx;
  const all = scopeOf(actor, 'conversations:read') === 'all';
  const tags = (await readTags(ctx)).filter(
    ({ team_id }) => all || team_id === null || (actor.type === 'user' && actor.teams.includes(team_id)),
  );
  const hits = tags.flatMap((tag): Found[] => {
    const match = matchText(tag.name, query);
    const at = Number(tag.created_at);
    if (!match) return [];
    const entity = { kind: 'tag', id: tag.id, conversationId: null, contactId: null, at, text: tag.name } as const;
    return [{ key: keyAt(at), entity, match }];
  });
  return { hits: within(hits, look), complete: 0 };
}

const mostContacts = 100;

/** Contacts whose number, address or user id begins with what was typed. */
export async function contactsByIdentity(look: Look, typed: string): Promise<Catch> {
  const { ctx, eyes } = look;
  const beginnings = beginningsOf(typed);
  if (beginnings.length === 0) return { hits: [], complete: 0 };
  const keys = new Map((await contactsByKey(ctx, beginnings, mostContacts)).map((hit) => [hit.contactId, hit.value]));
  const contacts = [...(await readEntities(ctx, 'contact', [...keys.keys()])).values()];
  const hits = (await eyes.seen(contacts)).map((entity): Found => {
    const value = keys.get(entity.id) ?? '';
    const name = unitsOf(entity.text).length > 0 ? `${entity.text}\n` : '';
    const length = Math.max(...beginnings.map((one) => (value.startsWith(one) ? one.length : 0)));
    return {
      key: keyAt(entity.at),
      entity: { ...entity, text: name + value },
      match: { ranges: [{ start: name.length, length }], score: 1 },
    };
  });
  return { hits: within(hits, look), complete: 0 };
}

/** A number as its keys are written, whatever stands between its figures; or what was typed where it is one piece. */
function beginningsOf(typed: string): string[] {
  const plain = typed.normalize('NFKC').trim();
  if (/^\+?[\d\s().\-/]+$/.test(plain)) {
    const figures = plain.replace(/\D/g, '');
    return figures.length < 3 ? [] : [`+${figures}`, figures];
  }
  return /^[\x21-\x7e]{3,191}$/.test(plain) && !plain.includes('"') ? [...new Set([plain, plain.toLowerCase()])] : [];
}

function within(hits: readonly Found[], { stretch, until }: Look): Found[] {
  return hits.filter(({ key, entity }) => key < stretch.below && key >= stretch.from && entity.at < until);
}

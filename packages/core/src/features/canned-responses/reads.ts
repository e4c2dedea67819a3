import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, toPage } from '../../database/page.js';
import type { Actor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { timestamp } from '../../kernel/schema.js';
import { conversationInSight } from '../conversations/index.js';
import { demand, scopeOf } from '../roles/index.js';
import {
  type CannedResponseRecord,
  findCannedResponse,
  type Names,
  pageCannedResponses,
  readNames,
} from './repository.js';
import type { CannedResponse, RenderedResponse } from './schema.js';
import { render, variablesIn } from './template.js';

/** Everybody's canned responses and those of the caller's teams, oldest first; all for those who write them all. */
export async function listCannedResponses(ctx: ReadContext, page: PageRequest): Promise<Page<CannedResponse>> {
  demand(ctx.actor, 'directory:read');
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const rows = await pageCannedResponses(ctx, teamsOf(ctx.actor), cursor, limit + 1);
  return toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }), present);
}

export async function getCannedResponse(ctx: ReadContext, id: string): Promise<CannedResponse> {
  return present(await inSight(ctx, id));
}

/** The text for one conversation, from the caller, with what is missing. Nothing is sent and nothing changes. */
export async function renderCannedResponse(
  ctx: ReadContext,
  { id, conversationId }: { id: string; conversationId: string },
): Promise<RenderedResponse> {
  const { text } = await inSight(ctx, id);
  const conversation = await conversationInSight(ctx, conversationId);
  const names = await readNames(ctx, conversation);
  return render(text, (name) => filling(names, name));
}

/** Undefined where the actor sees all of them. */
function teamsOf(actor: Actor): readonly string[] | undefined {
  if (actor.type === 'system' || scopeOf(actor, 'canned_responses:write') === 'all') return undefined;
  return actor.teams;
}

/** Whether the actor may read what belongs to the team; null is everybody's. */
export function isSeen(actor: Actor, teamId: string | null): boolean {
  const teams = teamsOf(actor);
  return teamId === null || teams === undefined || teams.includes(teamId);
}

async function inSight(ctx: ReadContext, id: string): Promise<CannedResponseRecord> {
  demand(ctx.actor, 'directory:read');
  const found = await findCannedResponse(ctx, id);
  if (!found || !isSeen(ctx.actor, found.teamId)) fail('not_found', `There is no canned response ${id}`);
  return found;
}

function filling({ contact, attributes, user, team, organization }: Names, name: string): string | null {
  const own = name.startsWith('contact.attributes.') ? name.slice('contact.attributes.'.length) : undefined;
  if (own !== undefined) return Object.hasOwn(attributes, own) ? written(attributes[own]) : null;
  const values: Record<string, string | null> = {
    'contact.name': contact,
    'contact.first_name': firstOf(contact),
    'user.name': user,
    'user.first_name': firstOf(user),
    'team.name': team,
    'organization.name': organization,
  };
  return values[name] ?? null;
}

/** An attribute as people write it; a choice of several with commas. */
function written(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(written).join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function firstOf(name: string | null): string | null {
  return name?.trim().split(/\s+/)[0] ?? null;
}

export function present(one: CannedResponseRecord): CannedResponse {
  const variables = [...new Set(variablesIn(one.text).map(({ name }) => name))];
  return { ...one, variables, createdAt: timestamp(one.createdAt) };
}

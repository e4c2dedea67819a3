import {
  encodeCursor,
  type Grants,
  type LoggedEvent,
  scopeOf,
  type UserActor,
  type Visibility,
  visibilityOf,
} from '@tims/core';
import { presentEvent } from '../routes/event-schema.js';

/** What the server writes: a frame is a JSON array of these. */
export type Item =
  | { type: 'ready' | 'cursor' | 'heartbeat' | 'resync_required'; cursor: string }
  | { type: 'left'; conversationId: string }
  | { type: 'error'; code: string; detail: string };

/** Events of one tick, each turned into text once however many sockets it goes to. */
export interface Tick {
  readonly last: LoggedEvent;
  /** The frame for this actor from events after `position`; undefined when there is nothing for them. */
  frameFor(actor: UserActor, position: number): string | undefined;
}

export function createTick(events: readonly LoggedEvent[], last: LoggedEvent): Tick {
  const texts = new Map<string, string>();
  const frames = new Map<string, string | undefined>();
  /** Those who are told of something that concerns them alone. */
  const personal = new Set(events.flatMap((event) => event.only ?? []));

  const textOf = (event: LoggedEvent, visibility: Exclude<Visibility, 'hidden'>): string => {
    const name = `${visibility} ${event.sequence}`;
    const text = texts.get(name) ?? JSON.stringify(itemOf(event, visibility));
    texts.set(name, text);
    return text;
  };

  const compose = (actor: UserActor, position: number): string | undefined => {
    const items: string[] = [];
    for (const event of events) {
      if (event.sequence <= position) continue;
      const visibility = visibilityOf(actor, event);
      if (visibility !== 'hidden') items.push(textOf(event, visibility));
    }
    if (items.length === 0) return undefined;
    items.push(JSON.stringify({ type: 'cursor', cursor: cursorOf(last) } satisfies Item));
    return `[${items.join(',')}]`;
  };

  return {
    last,
    frameFor(actor, position) {
      const audience = `${personal.has(actor.id) ? actor.id : audienceOf(actor)} ${position}`;
      if (!frames.has(audience)) frames.set(audience, compose(actor, position));
      return frames.get(audience);
    },
  };
}

export function cursorOf(event: LoggedEvent): string {
  return encodeCursor({ sequence: event.sequence, eventId: event.id });
}

/** Actors of one audience see the same of every event: those who see all, by what they may; of the others, each is their own. */
function audienceOf(actor: UserActor): string {
  return scopeOf(actor, 'conversations:read') === 'all' ? nameOf(actor.grants) : actor.id;
}

/** Users of one role share the object, so that its name is made once. */
const names = new WeakMap<Grants, string>();

function nameOf(grants: Grants): string {
  const name = names.get(grants) ?? JSON.stringify(grants);
  names.set(grants, name);
  return name;
}

function itemOf(event: LoggedEvent, visibility: Exclude<Visibility, 'hidden'>): object {
  const { conversationId } = event;
  if (visibility === 'left') return { type: 'left', conversationId };
  if (visibility === 'entered') return { type: 'entered', conversationId, event: presentEvent(event) };
  return { type: 'event', event: presentEvent(event) };
}

import { type Installation, rememberSeen, type UserActor } from '@tims/core';

const writeMs = 1_000;
const onceInMs = 60_000;

/** Writes down when users were last seen: once a minute at most while they are here, and when they leave. */
export interface LastSeen {
  seen(actor: UserActor): void;
  left(actor: UserActor): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

export function createLastSeen(installation: Installation): LastSeen {
  /** When each was written, by user. */
  const written = new Map<string, number>();
  const waiting = new Map<string, Map<string, number>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** Sockets that close behind the server find nobody to write. */
  const note = ({ organization, id }: UserActor, now: number): void => {
    if (closed) return;
    const seen = waiting.get(organization) ?? new Map<string, number>();
    waiting.set(organization, seen.set(id, now));
    timer ??= setTimeout(() => void write(), writeMs).unref();
  };

  const write = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const rounds = [...waiting];
    waiting.clear();
    for (const [organization, seen] of rounds) {
      await rememberSeen(installation, organization, seen).catch((error: unknown) =>
        installation.log.warn({ error: String(error) }, 'when users were last seen is not written down'),
      );
    }
  };

  return {
    seen(actor) {
      const now = installation.clock.now();
      if (now - (written.get(actor.id) ?? 0) < onceInMs) return;
      written.set(actor.id, now);
      note(actor, now);
    },
    left(actor) {
      written.delete(actor.id);
      note(actor, installation.clock.now());
    },
    close() {
      closed = true;
      return write();
    },
  };
}

import { createContext, useContext } from 'react';
import type { AppInbox, Session } from './session/session.js';

/** The session that the page runs in. */
export const SessionContext = createContext<Session | undefined>(undefined);
export const AppInboxContext = createContext<AppInbox | undefined>(undefined);

/** The inbox with what only the page around it needs. */
export function useAppInbox(): AppInbox {
  const inbox = useContext(AppInboxContext);
  if (!inbox) throw new Error('Parts of the page stand inside an AppInboxContext');
  return inbox;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Parts of the page stand inside a SessionContext');
  return session;
}

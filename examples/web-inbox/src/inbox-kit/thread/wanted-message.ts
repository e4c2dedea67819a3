import { createContext } from 'react';

/** The message that the conversation is opened for: it is shown and marked, however far back it is. */
export const WantedMessageContext = createContext<string | undefined>(undefined);

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';

/** Something that can be done now: from a key, from the palette, from a button. */
export interface Command {
  /** Names it: `conversation.take`. The newest registration of an id wins; the keys of an id stand in `keys.ts`. */
  readonly id: string;
  readonly title: string;
  /** Keys that `keys.ts` does not have: `r`, `shift+r`, `mod+enter`, or one after the other: `g m`. */
  readonly keys?: string;
  /** The heading that it stands under in the palette and in the help. */
  readonly group: string;
  run(): void;
  /** Why it cannot be done now. It is shown so that the reader learns it; the key tells the reason. */
  readonly disabled?: string;
}

let registrations: readonly { readonly current: readonly Command[] }[] = [];
let commands: readonly Command[] = [];
const listeners = new Set<() => void>();

/**
 * Offers commands for as long as the component stands.
 *
 * @example
 * useCommands([{ id: 'conversation.take', title: 'Take', group: 'Conversation', run: take }]);
 */
export function useCommands(offered: readonly Command[]): void {
  const registration = useRef<readonly Command[]>(offered);
  // What is shown of a command; `run` may differ from render to render without anybody being told.
  const shown = JSON.stringify(
    offered.map(({ id, title, keys, group, disabled }) => [id, title, keys, group, disabled]),
  );

  useLayoutEffect(() => {
    registration.current = offered;
  });
  useEffect(() => {
    registrations = [...registrations, registration];
    return () => {
      registrations = registrations.filter((one) => one !== registration);
      publish();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when what is shown changes
  useEffect(publish, [shown]);
}

/** Everything that can be done now; one command for each id. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => commands);
}

/** The command as it stands now. */
export function findCommand(id: string): Command | undefined {
  for (const registration of registrations.toReversed()) {
    const found = registration.current.findLast((command) => command.id === id);
    if (found) return found;
  }
  return undefined;
}

/** All of them as they stand now; one command for each id. */
export function allCommands(): readonly Command[] {
  const byId = new Map<string, Command>();
  for (const registration of registrations) for (const command of registration.current) byId.set(command.id, command);
  return [...byId.values()];
}

function publish(): void {
  commands = allCommands();
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

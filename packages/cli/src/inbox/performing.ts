/** Does things once at a time, by their names. */
export interface Performing {
  isBusy(name: string): boolean;
  /** Nothing happens where it is being done already. */
  perform<T>(
    name: string,
    work: () => PromiseLike<T>,
    done: (answer: T) => void,
    failed: (error: unknown) => void,
  ): void;
}

/** @param changed called after each, whatever came of it */
export function createPerforming(changed: () => void): Performing {
  const busy = new Set<string>();
  return {
    isBusy: (name) => busy.has(name),
    perform(name, work, done, failed) {
      if (busy.has(name)) return;
      busy.add(name);
      Promise.resolve(work())
        .then(done, failed)
        .finally(() => {
          busy.delete(name);
          changed();
        })
        .catch(() => undefined);
    },
  };
}

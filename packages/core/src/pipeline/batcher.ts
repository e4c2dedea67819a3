/**
 * Group commit: what arrives under one key while a batch of that key is being written goes into the next batch
 * together. One item alone is not delayed.
 */
export interface Batcher<Item> {
  /** Resolves when the item's batch has committed; rejects with the item's own error. */
  add(key: string, item: Item): Promise<void>;
}

export interface BatcherOptions<Item> {
  /** Writes a batch; answers with one error, or undefined, per item. A rejection is every item's error. */
  write(key: string, items: Item[]): Promise<(Error | undefined)[]>;
  /** How much of the limit an item takes. */
  weigh(item: Item): number;
  /** The most that one batch weighs; a single item may weigh more. */
  limit: number;
}

interface Waiting<Item> {
  item: Item;
  resolve(): void;
  reject(error: unknown): void;
}

export function createBatcher<Item>({ write, weigh, limit }: BatcherOptions<Item>): Batcher<Item> {
  const queues = new Map<string, Waiting<Item>[]>();

  return {
    add: (key, item) =>
      new Promise((resolve, reject) => {
        const waiting = { item, resolve, reject };
        const queue = queues.get(key);
        if (queue) {
          queue.push(waiting);
          return;
        }
        queues.set(key, [waiting]);
        // What arrives in the same turn of the event loop comes along.
        setImmediate(() => void drain(key));
      }),
  };

  async function drain(key: string): Promise<void> {
    for (let queue = queues.get(key) ?? []; queue.length > 0; queue = queues.get(key) ?? []) {
      const batch = queue.splice(0, fitting(queue));
      await settle(key, batch);
    }
    queues.delete(key);
  }

  function fitting(queue: Waiting<Item>[]): number {
    let weight = 0;
    const end = queue.findIndex((waiting, index) => {
      weight += weigh(waiting.item);
      return index > 0 && weight > limit;
    });
    return end === -1 ? queue.length : end;
  }

  async function settle(key: string, batch: Waiting<Item>[]): Promise<void> {
    try {
      const errors = await write(
        key,
        batch.map((waiting) => waiting.item),
      );
      batch.forEach((waiting, index) => {
        const error = errors[index];
        if (error) waiting.reject(error);
        else waiting.resolve();
      });
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
  }
}

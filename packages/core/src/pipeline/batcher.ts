/**
 * Group commit: what arrives under one key while a batch of that key is being written goes into the next batch
 * together. One item alone is not delayed. After a batch of several, the next one waits for as many again, though never
 * longer than half of what the last one took, and not when a whole batch is there: whoever was just answered is about to
 * come back, and a commit costs the same for few as for many.
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

interface Queue<Item> {
  waiting: Waiting<Item>[];
  /** How many are waited for, while they are. */
  enough: number;
  go(): void;
}

export function createBatcher<Item>({ write, weigh, limit }: BatcherOptions<Item>): Batcher<Item> {
  const queues = new Map<string, Queue<Item>>();

  return {
    add: (key, item) =>
      new Promise((resolve, reject) => {
        const waiting = { item, resolve, reject };
        const queue = queues.get(key);
        if (queue) {
          queue.waiting.push(waiting);
          if (queue.waiting.length >= queue.enough) queue.go();
          return;
        }
        queues.set(key, { waiting: [waiting], enough: Number.POSITIVE_INFINITY, go: () => {} });
        // What arrives in the same turn of the event loop comes along.
        setImmediate(() => void drain(key));
      }),
  };

  async function drain(key: string): Promise<void> {
    const queue = queues.get(key);
    while (queue && queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0, fitting(queue.waiting));
      const started = performance.now();
      await settle(key, batch);
      const full = fitting(queue.waiting) < queue.waiting.length;
      if (batch.length > 1 && !full) {
        await gathered(queue, batch.length + queue.waiting.length, (performance.now() - started) / 2);
      }
    }
    queues.delete(key);
  }

  /** Resolves when `enough` wait, or after `ms`. */
  function gathered(queue: Queue<Item>, enough: number, ms: number): Promise<void> {
    if (queue.waiting.length >= enough) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => queue.go(), ms);
      queue.enough = enough;
      queue.go = () => {
        clearTimeout(timer);
        queue.enough = Number.POSITIVE_INFINITY;
        resolve();
      };
    });
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

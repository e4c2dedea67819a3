import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own, so that it and the load share nothing but the machine. */
export interface ServerProcess {
  port: number;
  /** Asks the process something and waits for its answer. */
  ask<T>(question: string): Promise<T>;
  stop(): Promise<void>;
}

export async function startProcess(entry: URL, setting: object): Promise<ServerProcess> {
  const child = fork(entry, [JSON.stringify(setting)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [ready] = await Promise.race([once(child, 'message'), died(child, entry)]);
  return {
    port: ready.port,
    async ask(question) {
      child.send({ question });
      const [answer] = await once(child, 'message');
      return answer;
    },
    async stop() {
      child.send({ question: 'stop' });
      await once(child, 'exit');
    },
  };
}

/** In the child: says where it listens and answers questions until `stop`. */
export function serveParent(port: number, answers: Record<string, () => unknown | Promise<unknown>>): void {
  const answer = async (question: string): Promise<void> => {
    const given = await answers[question]?.();
    if (question === 'stop') process.exit(0);
    process.send?.(given ?? {});
  };
  process.on('message', ({ question }: { question: string }) => void answer(question));
  process.send?.({ port });
}

/** The setting that the parent gave. */
export function setting<T>(): T {
  // Written by `startProcess` of this same bench.
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

async function died(child: ChildProcess, entry: URL): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`${entry.pathname} ended with ${code} before it was ready`);
}

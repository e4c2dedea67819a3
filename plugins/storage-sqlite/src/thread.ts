import { Worker } from 'node:worker_threads';
import { SqliteError } from './errors.js';
import { type Call, type Reply, type Request, ready, type ThreadSettings } from './protocol.js';

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: SqliteError): void;
}

/** The event loop's end of a database thread. A thread that died is replaced when the next connection is opened. */
export class DatabaseThread {
  #worker: Promise<Worker> | undefined;
  #generation = 0;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();
  readonly #outgoing: Request[] = [];

  constructor(private readonly settings: ThreadSettings) {}

  /** @throws SqliteError when the file cannot be opened. */
  async connect(): Promise<ThreadConnection> {
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    const connection = new ThreadConnection(this, worker, this.#generation, this.#nextId++);
    await connection.call(['open', connection.id]);
    return connection;
  }

  isAlive(generation: number): boolean {
    return generation === this.#generation && this.#worker !== undefined;
  }

  ask(worker: Worker, generation: number, call: Call): Promise<Reply> {
    if (!this.isAlive(generation)) return Promise.reject(threadLost());
    const id = this.#nextId++;
    // The tuple is a Request by construction; TypeScript does not carry that through the spread of a union.
    const request = [id, ...call] as Request;
    // What is asked in one turn crosses over in one message: a crossing costs more than most statements.
    if (this.#outgoing.push(request) === 1) process.nextTick(() => worker.postMessage(this.#outgoing.splice(0)));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  /** Rejects when the file does not answer. Waits for the statement that runs now, not for its transaction. */
  async ping(): Promise<void> {
    const worker = await this.#worker;
    if (!worker) throw threadLost();
    await this.ask(worker, this.#generation, ['ping']);
  }

  async close(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Promise<Worker> {
    // Resolves to the build from src/ as well as from dist/: a thread cannot load TypeScript.
    const entry = new URL('../dist/worker.js', import.meta.url);
    const worker = new Worker(entry, {
      workerData: this.settings,
      name: `tims-sqlite-${this.settings.mode}`,
      execArgv: [],
    });
    const generation = ++this.#generation;
    return new Promise((resolve, reject) => {
      worker.on('message', (message: Reply[] | typeof ready) => {
        if (message === ready) resolve(worker);
        else for (const reply of message) this.#settle(reply);
      });
      worker.on('error', (error) => reject(threadLost(error)));
      worker.on('exit', () => {
        reject(threadLost());
        this.#lost(generation);
      });
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply[0]);
    this.#waiting.delete(reply[0]);
    if (reply[1] === 'error') waiting?.reject(new SqliteError(reply[2], reply[3]));
    else waiting?.resolve(reply);
  }

  #lost(generation: number): void {
    if (generation !== this.#generation) return;
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(threadLost());
    this.#waiting.clear();
  }
}

/** One connection inside the thread, as knex's pool holds it. */
export class ThreadConnection {
  /** A transaction is open, as far as has been asked for. */
  begun = false;

  constructor(
    private readonly thread: DatabaseThread,
    private readonly worker: Worker,
    private readonly generation: number,
    readonly id: number,
  ) {}

  get alive(): boolean {
    return this.thread.isAlive(this.generation);
  }

  /** @throws SqliteError with SQLite's code. */
  call(call: Call): Promise<Reply> {
    return this.thread.ask(this.worker, this.generation, call);
  }
}

function threadLost(cause?: unknown): SqliteError {
  const detail = cause instanceof Error ? `: ${cause.message}` : '';
  return new SqliteError('SQLITE_THREAD_LOST', `The database thread ended${detail}; the next request starts another`);
}

import type {
  BatchBody,
  CustomerBody,
  FaultBody,
  MessagesBody,
  NumberBody,
  QueuedAnswer,
  RawBody,
  RedeliverBody,
  SendsAnswer,
  Settings,
  SettingsBody,
  WebhooksAnswer,
} from './control-schemas.js';

/** The simulator answered its driver with an error; the message says which. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
}

export type SimulatorClient = ReturnType<typeof simulatorClient>;

/** Drives a simulator over HTTP, from this process or another. */
export function simulatorClient(url: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url.replace(/\/+$/, '')}/simulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new SimulatorError(`${method} /simulator${path} answered ${response.status}: ${text}`);
    // The simulator's own answers: their shape stands beside the bodies in control-schemas.ts.
    return JSON.parse(text) as T;
  };
  const webhooks = (limit = 100) => call<WebhooksAnswer>('GET', `/webhooks?limit=${limit}`);

  return {
    registerNumber: (body: NumberBody) =>
      call<{ handshake: { status: number; ok: boolean } | null }>('POST', '/numbers', body),
    customer: (body: CustomerBody) => call<CustomerBody>('POST', '/customers', body),
    /** A customer writes, once or many times. */
    write: (body: MessagesBody) => call<QueuedAnswer>('POST', '/messages', body),
    /** Several customers write to several numbers, several in one POST. */
    writeBatch: (body: BatchBody) => call<QueuedAnswer>('POST', '/batches', body),
    /** Posts any body, signed, at once, and gives the receiver's answer. */
    raw: (body: RawBody) => call<{ status: number; body: string }>('POST', '/raw', body),
    redeliver: (body: RedeliverBody = {}) => call<{ posts: number }>('POST', '/redeliver', body),
    fault: (body: FaultBody) => call<{ faults: FaultBody[] }>('POST', '/faults', body),
    clearFaults: () => call<{ faults: FaultBody[] }>('DELETE', '/faults'),
    settings: () => call<Settings>('GET', '/settings'),
    configure: (body: SettingsBody) => call<Settings>('PATCH', '/settings', body),
    /** Accepted sends, the oldest first. */
    sends: ({ after = 0, limit = 1000 }: { after?: number; limit?: number } = {}) =>
      call<SendsAnswer>('GET', `/sends?after=${after}&limit=${limit}`),
    webhooks,
    reset: () => call<Record<string, never>>('POST', '/reset', {}),
    /** Resolves when no webhook waits, is under way or is to be tried again. */
    async idle({ timeoutMs = 30_000 }: { timeoutMs?: number } = {}): Promise<WebhooksAnswer> {
      const giveUpAt = Date.now() + timeoutMs;
      for (;;) {
        const report = await webhooks(0);
        if (report.pending === 0) return report;
        if (Date.now() > giveUpAt) throw new SimulatorError(`${report.pending} webhooks are still pending.`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

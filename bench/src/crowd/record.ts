import { percentile, rounded } from '../statistics.js';
import type { Answer } from './http.js';

/** What became of everything that was asked. */
export class Record {
  private readonly times = new Map<string, number[]>();
  private readonly refusals = new Map<string, number>();
  /** What should not have been, the first of each kind. */
  readonly errors: string[] = [];
  errorCount = 0;

  /** Times `work` from when it was due, and takes down what it answered. */
  async of(operation: string, dueAt: number, work: () => Promise<Answer>): Promise<Answer> {
    const answer = await work().catch((error: unknown): Answer => ({ status: 0, text: String(error) }));
    const times = this.times.get(operation) ?? [];
    times.push(performance.now() - dueAt);
    this.times.set(operation, times);
    if (answer.status === 409) {
      // Somebody else was faster: that is the game.
      const code: string = JSON.parse(answer.text).code;
      this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    } else if (answer.status < 200 || answer.status > 299) {
      this.errorCount++;
      if (this.errors.length < 10) this.errors.push(`${operation}: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
    return answer;
  }

  timesOf(...operations: string[]): number[] {
    return operations.flatMap((operation) => this.times.get(operation) ?? []);
  }

  conflicts(): object {
    return Object.fromEntries(this.refusals);
  }

  /** How often each, and how long half of them and nearly all took. */
  operations(): object {
    return Object.fromEntries(
      [...this.times].map(([operation, times]) => [
        operation,
        { count: times.length, p50Ms: rounded(percentile(times, 50), 1), p99Ms: rounded(percentile(times, 99), 1) },
      ]),
    );
  }
}

import { Writable } from 'node:stream';
import { type Logger, pino, stdSerializers } from 'pino';

/**
 * The server's log on stderr: JSON lines, or one readable line each when somebody watches a terminal.
 *
 * Neither bodies nor headers are logged at all, and of addresses only the path: query strings hold tickets.
 */
export function createLog(level: string, terminal: boolean = process.stderr.isTTY === true): Logger {
  const options = {
    level,
    serializers: {
      req: (request: { id?: string; method?: string; url?: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url?.split('?')[0],
      }),
      res: (response: { statusCode?: number }) => ({ status: response.statusCode }),
      err: (error: Error) => (error instanceof Error ? stdSerializers.err(error) : error),
    },
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  // Synchronous, so that the last lines before an exit are not lost.
  return pino(options, terminal ? readable(process.stderr) : pino.destination({ dest: 2, sync: true }));
}

function readable(out: NodeJS.WritableStream): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.write(`${readableLine(chunk.toString())}\n`);
      done();
    },
  });
}

/** `12:03:01 info  server listens port=4000` of a line of JSON. */
export function readableLine(json: string): string {
  const { level, time, msg, ...rest }: Record<string, unknown> = JSON.parse(json);
  const { stack, fields } = withoutStack(rest);
  const clock = String(time).slice(11, 19);
  const words = Object.entries(fields).map(([name, value]) => `${name}=${wordOf(value)}`);
  const line = [clock, String(level).padEnd(5), ...(msg === undefined ? [] : [String(msg)]), ...words].join(' ');
  return stack === undefined ? line : `${line}\n${stack}`;
}

function withoutStack(fields: Record<string, unknown>): { stack: string | undefined; fields: Record<string, unknown> } {
  const { err, ...others } = fields;
  if (typeof err !== 'object' || err === null || !('stack' in err)) return { stack: undefined, fields };
  return { stack: Array.isArray(err.stack) ? err.stack.join('\n') : String(err.stack), fields: others };
}

function wordOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s"\p{C}]+$/u.test(text) || typeof value !== 'string' ? text : JSON.stringify(text);
}

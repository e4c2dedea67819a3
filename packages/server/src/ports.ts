import { createServer } from 'node:net';
import { StartError } from './start-error.js';

/** Which setting chose a port, and what a person types to choose another. */
const mends = {
  port: (other: number) => `give this one another port: TIMS_PORT=${other}, or \`tims start --port ${other}\``,
  simulatorPort: (other: number) => `give the demo's simulator another one: TIMS_SIMULATOR_PORT=${other}`,
};

interface Place {
  host: string;
  port: number;
  setting: keyof typeof mends;
}

/**
 * Finds out early that a port is taken, before anything is written.
 *
 * @throws StartError
 */
export async function demandFreePort(
  settings: { host: string; port: number; simulatorPort: number },
  setting: keyof typeof mends,
): Promise<void> {
  const place = { host: setting === 'port' ? settings.host : '127.0.0.1', port: settings[setting], setting };
  if (place.port === 0) return;
  const error = await tryToListen(place);
  if (error) throw await explainListen(error, place);
}

/** Why the port cannot be had, as an error for the operator. */
export async function explainListen(error: unknown, { host, port, setting }: Place): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const mend = mends[setting];
  if (code === 'EADDRINUSE') {
    const who = (await isTims(urlOf(host, port))) ? 'another TIMS server' : 'another program';
    return new StartError(`Port ${port} is in use by ${who}. Stop it, or ${mend(port + 10)}.`, { cause: error });
  }
  if (code === 'EACCES') {
    return new StartError(`This user may not listen on port ${port}. Take one above 1023; ${mend(4000)}.`, {
      cause: error,
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(`This machine has no address "${host}". Mend TIMS_HOST; 127.0.0.1 always works.`, {
      cause: error,
    });
  }
  return error;
}

/** The address that this machine itself reaches the server at. */
export function urlOf(host: string, port: number, scheme: 'http' | 'https' = 'http'): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function tryToListen({ host, port }: Place): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

async function isTims(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_000) });
    return response.headers.has('x-request-id') && response.ok;
  } catch {
    return false; // Whoever it is, it does not speak HTTP.
  }
}

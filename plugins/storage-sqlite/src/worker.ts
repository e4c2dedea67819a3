import { parentPort, workerData } from 'node:worker_threads';
import { Connection, type Outcome } from './connection.js';
import { databaseError, describe } from './errors.js';
import { type Reply, type Request, ready, type ThreadSettings } from './protocol.js';

/** The entry of a database thread: does what it is asked, one request after the other. */
if (!parentPort) throw new Error('worker.js runs as a worker thread only');
const port = parentPort;
// Only thread.ts starts this file, with these settings.
const settings = workerData as ThreadSettings;
const connections = new Map<number, Connection>();

port.on('message', (requests: Request[]) => {
  // A transaction's statements are answered together; a short read does not wait for a long one behind it.
  if (settings.mode === 'writer') port.postMessage(requests.map(answer));
  else for (const request of requests) port.postMessage([answer(request)]);
});
port.postMessage(ready);

function answer(request: Request): Reply {
  const id = request[0];
  try {
    const outcome = perform(request);
    return 'rows' in outcome
      ? [id, 'rows', outcome.columns, outcome.rows]
      : [id, 'changed', outcome.changes, outcome.lastId];
  } catch (error) {
    const { code, message } = describe(error);
    return [id, 'error', code, message];
  }
}

function perform(request: Request): Outcome {
  switch (request[1]) {
    case 'open':
      connections.set(request[2], new Connection(settings));
      return { changes: 0, lastId: 0 };
    case 'close':
      connections.get(request[2])?.close();
      connections.delete(request[2]);
      return { changes: 0, lastId: 0 };
    case 'ping':
      for (const open of connections.values()) open.ping();
      return { changes: 0, lastId: 0 };
    case 'run':
      return connection(request[2]).run(request[3], request[4]);
    case 'many':
      return connection(request[2]).many(request[3], request[4], request[5]);
  }
}

function connection(id: number): Connection {
  const found = connections.get(id);
  if (!found) throw databaseError('SQLITE_MISUSE', 'The connection was closed');
  return found;
}

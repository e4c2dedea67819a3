import { parseArgs } from 'node:util';
import { runServer } from './run.js';

/** The server as a program of its own: `node packages/server/dist/main.js [--demo] [--port 4000]`. */
const { values } = parseArgs({ options: { demo: { type: 'boolean' }, port: { type: 'string' } } });
await runServer({
  demo: values.demo ?? false,
  env: values.port === undefined ? process.env : { ...process.env, TIMS_PORT: values.port },
});

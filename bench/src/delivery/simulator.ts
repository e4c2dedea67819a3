import { startSimulator } from '@tims/channel-whatsapp/simulator';
import { appSecret } from '../ingest/webhooks.js';
import { serveParent } from '../server-process.js';

/** Meta's side of the sends. */
const simulator = await startSimulator({ appSecret, verifyToken: 'verify', accessToken: 'token' });
serveParent(simulator.port, { stop: () => simulator.close() });

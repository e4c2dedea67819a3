/** Runs the simulator by hand, on port 4300 unless told; README.md says what to do with it. */
import { simulatorClient, startSimulator } from './index.js';

const token = '123456:simulated-telegram-bot-token';
const { url } = await startSimulator({ port: Number(process.argv[2] ?? 4300) });
await simulatorClient(url).do('bot', { token, firstName: 'Bright Tuition' });
console.log(`A simulated Telegram listens at ${url}; its bot's token is ${token}`);

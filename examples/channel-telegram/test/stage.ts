import type { SendContext } from '@tims/core/plugin';
import { type Simulator, type SimulatorClient, simulatorClient, startSimulator } from '../simulator/index.js';

export const botToken = '123456:simulated-telegram-bot-token';
export const secretToken = 'a-secret-of-the-tests';
export const aisyah = { id: 700100200, first_name: 'Aisyah', last_name: 'Rahman', username: 'aisyah_r' };

export interface Stage {
  telegram: SimulatorClient;
  /** What the channel needs for a call. */
  context(deadlineMs?: number): SendContext;
  close: Simulator['close'];
}

/** A simulated Telegram with one bot, to which one person has written. */
export async function openStage(): Promise<Stage> {
  const simulator = await startSimulator();
  const telegram = simulatorClient(simulator.url);
  await telegram.do('bot', { token: botToken, firstName: 'Bright Tuition' });
  await telegram.do('write', { token: botToken, from: aisyah, text: '/start' });
  return {
    telegram,
    context: (deadlineMs = 20_000) => ({
      config: { botToken, secretToken },
      installation: { apiUrl: simulator.url },
      signal: AbortSignal.timeout(deadlineMs),
    }),
    close: simulator.close,
  };
}

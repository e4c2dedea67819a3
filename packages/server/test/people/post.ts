import { type Mail, startWorkers } from '@tims/core';
import type { TestInstallation } from '@tims/testing';
import { until } from '../stage/index.js';

/** Does what is to be done in the background, and keeps the mails that this sends. */
export interface Post {
  mails: Mail[];
  /** The token in the newest mail to this address. */
  tokenFor(email: string): Promise<string>;
  stop(): Promise<void>;
}

export function openPost(tims: TestInstallation): Post {
  const mails: Mail[] = [];
  const mail = {
    async send(letter: Mail) {
      mails.push(letter);
    },
  };
  const workers = startWorkers({ ...tims.installation, mail });
  const newest = (email: string) => mails.filter(({ to }) => to === email).at(-1);
  return {
    mails,
    tokenFor: async (email) => {
      const { text } = await until(() => newest(email), 10_000);
      return /\?token=([\w-]{43})\n/.exec(text)?.[1] ?? '';
    },
    stop: () => workers.stop(),
  };
}

import { backOff, wait } from '../waiting.js';
import { type Fetching, loadNewest, loadPage, unlessGone } from './fetching.js';
import { mayPass } from './hydrator.js';
import { commit, type State } from './state.js';
import { newThread } from './threads.js';

const pauseMs = 1_000;
const ceilingMs = 30_000;
const maxLimit = 100;

/**
 * Reads everything anew, trusting nothing that is held: after a restored database even a version can have gone back.
 * What is shown stays until the new state is whole.
 */
export async function reload(fetching: Fetching, onError: (error: unknown) => void): Promise<void> {
  const { state } = fetching;
  const era = ++state.era;
  state.frozen = true;
  forget(state);
  for (let failures = 0; era === state.era; ) {
    try {
      await readAll(fetching);
      break;
    } catch (error) {
      onError(error);
      if (!mayPass(error)) break;
      await wait(backOff(failures++, pauseMs, ceilingMs));
    }
  }
  // A later reload shows its own.
  if (era !== state.era) return;
  state.frozen = false;
  commit(state);
}

function forget(state: State): void {
  state.held.clear();
  for (const part of Object.values(state.wanted)) part.clear();
  for (const id of state.threads.keys()) state.threads.set(id, newThread());
  for (const list of state.lists.values()) {
    Object.assign(list, { loaded: false, recount: true, edge: undefined, nextCursor: null });
  }
}

async function readAll(fetching: Fetching): Promise<void> {
  const { lists, threads } = fetching.state;
  await Promise.all([
    ...[...lists.values()].map((list) => {
      // As long as what was shown, as far as one page goes.
      const limit = Math.min(maxLimit, Math.max(list.limit, list.ids.length));
      return loadPage(fetching, Object.assign(list, { limit }));
    }),
    ...[...threads.keys()].map((id) => loadNewest(fetching, id).catch(unlessGone)),
  ]);
}

import { act, cleanup, configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { App } from '../src/app/App.js';
import { openSession, type Session } from '../src/app/session/session.js';
import { furnishBrowser } from './shell-browser.js';
import { installServer, type ShellServer } from './shell-server.js';

export interface Page {
  server: ShellServer;
  user: ReturnType<typeof userEvent.setup>;
  session: Session;
}

// Machines that test several things at once are slow.
configure({ asyncUtilTimeout: 8_000 });

let session: Session | undefined;

/** The whole page at an address, of somebody who is signed in unless told otherwise. */
export function openPage(
  path: string,
  options: { signedIn?: boolean; width?: number; prepare?: (server: ShellServer) => void } = {},
): Page {
  furnishBrowser(options.width);
  const server = installServer();
  options.prepare?.(server);
  if (options.signedIn !== false) keepTokens(server);
  history.replaceState(null, '', path);
  const opened = openSession();
  session = opened;
  const user = userEvent.setup();
  render(<App session={opened} />);
  return { server, user, session: opened };
}

export function keepTokens({ me }: ShellServer): void {
  const tokens = { accessToken: 'access.0', refreshToken: 'refresh.0' };
  localStorage.setItem('tims.session', JSON.stringify({ url: location.origin, userId: me.id, tokens }));
}

/** To be called after each test. */
export function closePage(): void {
  act(() => session?.close());
  session = undefined;
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
  vi.unstubAllGlobals();
}

/** The names in the list, from top to bottom. */
export function listed(): string[] {
  return screen.queryAllByRole('option').map((row) => /Customer \w+/.exec(row.textContent ?? '')?.[0] ?? '');
}

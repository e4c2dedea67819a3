// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { asAddress } from '../src/app/session/server-address.js';
import { closePage, keepTokens, openPage, type Page } from './shell-page.js';
import { conversation } from './shell-server.js';

afterEach(closePage);

async function signIn({ user }: Pick<Page, 'user'>, password: string): Promise<void> {
  await user.type(screen.getByLabelText('E-mail'), 'mei@example.com');
  await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('the login page', () => {
  test('tells a wrong password in the words of the server, and lets in with the right one', async () => {
    const page = openPage('/inbox/queue', { signedIn: false });
    screen.getAllByText('All Conversations.');
    await signIn(page, 'wrong');
    expect((await screen.findByRole('alert')).textContent).toContain('E-mail, password or code is wrong');
    const password = screen.getByLabelText('Password');
    expect(document.activeElement).toBe(password);
    await page.user.clear(password);
    await page.user.type(password, 'correct horse{Enter}');
    await screen.findByText('The queue is empty');
    expect(JSON.parse(localStorage.getItem('tims.session') ?? '{}')).toMatchObject({
      userId: 'usr_1',
      tokens: { accessToken: 'access.1' },
    });
  });

  test('asks for the organization where the account has several', async () => {
    const page = openPage('/inbox/queue', {
      signedIn: false,
      prepare: (server) => {
        server.organizations = ['org_1', 'org_2'];
      },
    });
    await signIn(page, 'correct horse');
    await page.user.selectOptions(await screen.findByLabelText(/Organization/), 'org_2');
    await page.user.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByText('The queue is empty');
  });

  test('asks for the code where the account has a second factor', async () => {
    const page = openPage('/inbox/queue', {
      signedIn: false,
      prepare: (server) => {
        server.code = '123456';
      },
    });
    await signIn(page, 'correct horse');
    const code = await screen.findByLabelText(/Code/);
    expect(document.activeElement).toBe(code);
    expect(screen.queryByRole('alert')).toBeNull();
    await page.user.type(code, '123456{Enter}');
    await screen.findByText('The queue is empty');
  });

  test('hints at caps lock', async () => {
    openPage('/', { signedIn: false });
    fireEvent.keyDown(screen.getByLabelText(/Password/), { key: 'A', modifierCapsLock: true });
    await screen.findByText('Caps lock is on');
  });

  test('says when no server is there', async () => {
    const page = openPage('/', {
      signedIn: false,
      prepare: (server) => {
        server.down = true;
      },
    });
    await signIn(page, 'correct horse');
    expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached');
  });

  test.each([
    ['tims.example.com', 'https://tims.example.com'],
    [' https://tims.example.com/ ', 'https://tims.example.com'],
    ['localhost:3000', 'http://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['', undefined],
    ['https://', undefined],
  ])('takes %j as the address %s', (typed, address) => {
    expect(asAddress(typed)).toBe(address);
  });
});

describe('a session that ends by itself', () => {
  const text = 'We will call you back at';

  async function typing(): Promise<Page> {
    const page = openPage('/inbox/mine/a', {
      prepare: (server) =>
        server.conversations.push(conversation('a', 1, { status: 'assigned', handler: 'user', assigneeId: 'usr_1' })),
    });
    await page.user.type(await screen.findByRole('textbox', { name: /answer|message|reply/i }), text);
    return page;
  }

  test('keeps what was typed under a dialog, and goes on with what waited', async () => {
    const page = await typing();
    const { server, user } = page;
    server.expired = true;
    server.instead.set('POST /api/auth/refresh', () => ({
      status: 401,
      body: { code: 'refresh_failed', title: 'No' },
    }));
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Sign in again' });
    expect(within(dialog).getByLabelText('E-mail')).toHaveProperty('value', 'mei@example.com');
    expect(screen.getAllByText(text).length).toBeGreaterThan(0);
    expect(location.pathname).toBe('/inbox/mine/a');

    // Keys of the inbox do nothing meanwhile, and Escape is no way out.
    await user.keyboard('{Escape}');
    await user.type(within(dialog).getByLabelText('Password'), 'wrong{Enter}');
    expect((await within(dialog).findByRole('alert')).textContent).toContain('wrong');

    const password = within(dialog).getByLabelText('Password');
    await user.clear(password);
    await user.type(password, 'correct horse{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => {
      const sent = server.asked.filter((asked) => asked === 'POST /api/messages/send');
      expect(sent.length).toBeGreaterThanOrEqual(2);
    });
    expect(await screen.findByText('Live')).toBeDefined();
    expect(location.pathname).toBe('/inbox/mine/a');
  });

  test('leaves a draft where it is', async () => {
    const { server, user } = await typing();
    server.expired = true;
    server.instead.set('POST /api/auth/refresh', () => ({
      status: 401,
      body: { code: 'refresh_failed', title: 'No' },
    }));
    act(() => server.hangUp());
    const dialog = await screen.findByRole('dialog', { name: 'Sign in again' });
    await user.type(within(dialog).getByLabelText('Password'), 'correct horse{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByRole('textbox', { name: /answer|message|reply/i })).toHaveProperty('value', text);
  });

  test('goes on when another tab has signed in again', async () => {
    const { server } = await typing();
    server.expired = true;
    server.instead.set('POST /api/auth/refresh', () => ({
      status: 401,
      body: { code: 'refresh_failed', title: 'No' },
    }));
    act(() => server.hangUp());
    await screen.findByRole('dialog', { name: 'Sign in again' });
    server.expired = false;
    keepTokens(server);
    tellStorage();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await screen.findByText('Live');
  });
});

/** What other tabs do to the session arrives as an event. */
function tellStorage(): void {
  const newValue = localStorage.getItem('tims.session');
  act(() => {
    window.dispatchEvent(new StorageEvent('storage', { key: 'tims.session', newValue, storageArea: localStorage }));
  });
}

test('signing out in one tab signs out all of them, and signing in lets all in', async () => {
  const { server } = openPage('/inbox/queue');
  await screen.findByText('The queue is empty');
  localStorage.removeItem('tims.session');
  tellStorage();
  await screen.findByRole('heading', { name: 'Sign in' });
  keepTokens(server);
  tellStorage();
  await screen.findByText('The queue is empty');
});

test('signing out ends the session here and at the server', async () => {
  const { server, user } = openPage('/inbox/queue');
  await screen.findByText('The queue is empty');
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(localStorage.getItem('tims.session')).toBeNull();
  await waitFor(() => expect(server.asked).toContain('POST /api/auth/logout'));
});

test('a server that is down at load is waited for, visibly, and nobody is signed out', async () => {
  const { server, user } = openPage('/inbox/queue', {
    prepare: (server) => {
      server.down = true;
    },
  });
  await screen.findByRole('heading', { name: 'The server cannot be reached' });
  await screen.findByText(/Next try in/);
  expect(localStorage.getItem('tims.session')).not.toBeNull();
  server.down = false;
  await user.click(screen.getByRole('button', { name: 'Try now' }));
  await screen.findByText('The queue is empty');
});

test('a connection that is lost is told with its age, and what was shown stays', async () => {
  const { server } = openPage('/inbox/queue', { prepare: (server) => server.conversations.push(conversation('a', 1)) });
  await screen.findByText('Live');
  server.down = true;
  act(() => server.hangUp());
  expect((await screen.findByText(/Offline for less than a minute/)).textContent).toBeDefined();
  expect(screen.getByRole('option', { name: /Customer a/ })).toBeDefined();
  server.down = false;
  fireEvent.click(screen.getByRole('button', { name: 'Connect now' }));
  await waitFor(() => expect(screen.queryByText(/Offline for/)).toBeNull());
  await screen.findByText('Connected again.');
});

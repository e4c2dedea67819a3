// @vitest-environment jsdom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { bindingsOf, press } from '../src/app/keyboard/sequences.js';
import { type Command, findCommand, useCommands } from '../src/inbox-kit/commands.js';
import { keyTable, nameOfPress } from '../src/inbox-kit/keys.js';
import { closePage, openPage } from './shell-page.js';
import { conversation } from './shell-server.js';

afterEach(closePage);

function Offering({ commands }: { commands: Command[] }) {
  useCommands(commands);
  return null;
}

const key = (name: string, more: Partial<KeyboardEvent> = {}) =>
  nameOfPress({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('the key table', () => {
  test('gives each key to one command, and no sequence begins with a key that does something', () => {
    const keys = keyTable.flatMap((entry) => entry.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const sequence of keys.filter((one) => one.includes(' '))) {
      expect(keys).not.toContain(sequence.split(' ')[0]);
    }
  });

  test('names presses as it writes them', () => {
    expect(key('j')).toBe('j');
    expect(key('ArrowDown')).toBe('down');
    expect(key('k', { metaKey: true })).toBe('mod+k');
    expect(key('k', { ctrlKey: true })).toBe('mod+k');
    expect(key('U', { shiftKey: true })).toBe('shift+u');
    expect(key('?', { shiftKey: true })).toBe('?');
  });

  test('finds its letters on a keyboard of another script', () => {
    expect(key('о', { code: 'KeyJ' } as Partial<KeyboardEvent>)).toBe('j');
    expect(key('é')).toBe('é');
  });
});

describe('sequences', () => {
  const bindings = bindingsOf([{ id: 'own', title: 'Own', group: 'Mine', keys: 'x y', run() {} }]);

  test('wait for their next key', () => {
    expect(press(undefined, 'g', bindings)).toEqual({ pending: 'g' });
    expect(press('g', 'q', bindings)).toEqual({ run: 'go.queue' });
    expect(press('x', 'y', bindings)).toEqual({ run: 'own' });
  });

  test('begin anew with a key that leads nowhere', () => {
    expect(press('g', 'j', bindings)).toEqual({ run: 'list.next' });
    expect(press('g', 'z', bindings)).toEqual({});
    expect(press('g', 'g', bindings)).toEqual({ pending: 'g' });
  });
});

describe('commands', () => {
  const offer = (run: () => void, more: Partial<Command> = {}): Command => ({
    id: 'test.it',
    title: 'Do it',
    group: 'Test',
    run,
    ...more,
  });
  test('of one id, the newest wins, and the older one is back when it goes', () => {
    const [older, newer] = [vi.fn(), vi.fn()];
    const outer = render(<Offering commands={[offer(older)]} />);
    const inner = render(<Offering commands={[offer(newer)]} />);
    findCommand('test.it')?.run();
    expect(newer).toHaveBeenCalledOnce();
    inner.unmount();
    findCommand('test.it')?.run();
    expect(older).toHaveBeenCalledOnce();
    outer.unmount();
    expect(findCommand('test.it')).toBeUndefined();
  });

  test('run what was rendered last', () => {
    const [before, now] = [vi.fn(), vi.fn()];
    const { rerender } = render(<Offering commands={[offer(before)]} />);
    rerender(<Offering commands={[offer(now)]} />);
    findCommand('test.it')?.run();
    expect(now).toHaveBeenCalledOnce();
    expect(before).not.toHaveBeenCalled();
  });
});

describe('on the page', () => {
  test('keys lead to the groups, and ? draws the whole table', async () => {
    const { user } = openPage('/inbox/mine');
    await screen.findByRole('heading', { name: 'Mine', level: 1 });
    await user.keyboard('gq');
    await screen.findByRole('heading', { name: 'Queue', level: 1 });
    expect(location.pathname).toBe('/inbox/queue');
    await user.keyboard('?');
    const help = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const { title } of keyTable) expect(within(help).getByText(title, { selector: 'dt' })).toBeDefined();
  });

  test('nothing fires while somebody types, and Escape leaves the field with what stands in it', async () => {
    const { user } = openPage('/inbox/queue', { prepare: (server) => server.conversations.push(conversation('a', 1)) });
    await screen.findByRole('option');
    await user.keyboard('/');
    const field = screen.getByRole('searchbox');
    expect(document.activeElement).toBe(field);
    await user.keyboard('gm?u');
    expect(location.pathname).toBe('/inbox/queue');
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('{Escape}');
    expect(document.activeElement).not.toBe(field);
    expect(field).toHaveProperty('value', 'gm?u');
  });

  test('a pending key shows what can follow, and is forgotten after a while', async () => {
    openPage('/inbox/queue');
    await screen.findByRole('heading', { name: 'Queue', level: 1 });
    fireEvent.keyDown(document.body, { key: 'g' });
    // Beside the link of the sidebar.
    await waitFor(() => expect(screen.getAllByText('Pending')).toHaveLength(2));
    await waitFor(() => expect(screen.getAllByText('Pending')).toHaveLength(1));
    fireEvent.keyDown(document.body, { key: 'm' });
    expect(location.pathname).toBe('/inbox/queue');
  });

  test('a command that cannot be done now says why', async () => {
    openPage('/inbox/queue');
    await screen.findByRole('heading', { name: 'Queue', level: 1 });
    const run = vi.fn();
    const take = { id: 'conversation.take', title: 'Take', group: 'Conversation', run, disabled: 'Bela has it' };
    const { unmount } = render(<Offering commands={[take]} />);
    act(() => void fireEvent.keyDown(document.body, { key: 't' }));
    expect(await screen.findByText('Bela has it')).toBeDefined();
    expect(run).not.toHaveBeenCalled();
    unmount();
  });
});

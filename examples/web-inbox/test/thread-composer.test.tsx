// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { findCommand } from '../src/inbox-kit/commands.js';
import { clock, conversation, message, problem, someone } from './shell-server.js';
import { arrives, askedFor, closeStage, mine, openStage } from './thread-stage.js';

afterEach(closeStage);

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Message to/ });
const said = (text: string) => screen.queryAllByText(text, { selector: '[data-message] div' });
const send = 'POST /api/messages/send';

describe('the keys', () => {
  test('Enter sends, Shift and Enter break the line', async () => {
    const stage = await openStage();
    await stage.user.type(field(), 'One{Shift>}{Enter}{/Shift}two{Enter}');
    await waitFor(() =>
      expect(askedFor(stage, send)).toEqual([{ conversationId: 'cnv_1', text: 'One\ntwo', seen: 'msg_1' }]),
    );
    expect(field().value).toBe('');
    expect(document.activeElement).toBe(field());
  });

  test('Enter that ends a word of an input method sends nothing', async () => {
    const stage = await openStage();
    await stage.user.type(field(), 'にほん');
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
    expect(askedFor(stage, send)).toEqual([]);
    fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(askedFor(stage, send)).toHaveLength(1));
  });

  test('a held Enter sends once, and nothing is sent of nothing', async () => {
    const stage = await openStage();
    await stage.user.type(field(), '   {Enter}');
    fireEvent.keyDown(field(), { key: 'Enter', repeat: true });
    expect(askedFor(stage, send)).toEqual([]);
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
  });
});

describe('a draft', () => {
  test('survives a reload, for its conversation and its user alone', async () => {
    const stage = await openStage();
    await stage.user.type(field(), 'Not finis');
    await openStage({ keep: true });
    expect(field().value).toBe('Not finis');
    await openStage({
      keep: true,
      prepare(server) {
        server.me = someone({ id: 'usr_2' });
        server.conversations = [conversation('cnv_1', 1)];
      },
    });
    expect(field().value).toBe('');
  });

  test('is taken away by sending', async () => {
    const stage = await openStage();
    await stage.user.type(field(), 'Done{Enter}');
    await openStage({ keep: true });
    expect(field().value).toBe('');
  });

  test('survives the end of the session while it is typed', async () => {
    const stage = await openStage();
    await stage.user.type(field(), 'Half a ');
    stage.server.expired = true;
    await stage.user.type(field(), 'sentence{Enter}');
    expect(await screen.findByText('Half a sentence')).toBeDefined();
    const reopened = await openStage({ keep: true });
    await waitFor(() => expect(askedFor(reopened, send)).toHaveLength(1));
  });

  test('what another tab makes of it shows here while nobody writes here', async () => {
    await openStage();
    const hasFocus = document.hasFocus;
    document.hasFocus = () => false;
    const newValue = JSON.stringify({ text: 'From the other tab' });
    act(() => void window.dispatchEvent(new StorageEvent('storage', { key: 'tims:draft:usr_1:cnv_1', newValue })));
    document.hasFocus = hasFocus;
    expect(field().value).toBe('From the other tab');
  });
});

describe('what is sent', () => {
  test('shows at once, and once when the socket tells of it before the answer', async () => {
    const stage = await openStage();
    const release = stage.hold(send);
    await stage.user.type(field(), 'Quick{Enter}');
    expect(said('Quick')).toHaveLength(1);
    const sent = message('msg_2', 'cnv_1', { content: { type: 'text', v: 1, text: 'Quick' }, state: 'sent' });
    stage.answer = ({ name }) => (name === send ? { status: 201, body: sent } : undefined);
    await arrives(stage, sent);
    await waitFor(() => expect(screen.getByText('Sent')).toBeDefined());
    expect(said('Quick')).toHaveLength(1);
    release();
    await waitFor(() => expect(stage.inbox.outbox.getSnapshot()).toEqual([]));
    expect(said('Quick')).toHaveLength(1);
  });

  test('waits while there is no connection, and can be taken back', async () => {
    const stage = await openStage();
    stage.connect('offline');
    stage.hold(send);
    await stage.user.type(field(), 'First{Enter}Second{Enter}');
    const [notice] = await screen.findAllByText('Will be sent when you are back online.');
    expect(notice).toBeDefined();
    await stage.user.click(screen.getByRole('button', { name: 'Take it back' }));
    expect(field().value).toBe('Second');
    expect(said('First')).toHaveLength(1);
  });

  test('says why it was refused, and is sent again, edited or discarded', async () => {
    const stage = await openStage();
    const refusal = problem(409, 'window_closed', 'The channel does not allow this message now');
    stage.answer = ({ name }) => (name === send ? refusal : undefined);
    await stage.user.type(field(), 'Too late{Enter}');
    expect(await screen.findByText(/The channel does not allow this message now/)).toBeDefined();
    expect(screen.getByText('A message was not sent.')).toBeDefined();
    await stage.user.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(askedFor(stage, send)).toHaveLength(2));
    await stage.user.click(await screen.findByRole('button', { name: 'Edit' }));
    expect(field().value).toBe('Too late');
    expect(said('Too late')).toHaveLength(0);
    await stage.user.type(field(), '{Enter}');
    await stage.user.click(await screen.findByRole('button', { name: 'Discard' }));
    expect(stage.inbox.outbox.getSnapshot()).toEqual([]);
  });

  test('quotes the message that was chosen, until told not to', async () => {
    const stage = await openStage();
    await stage.user.click(screen.getByRole('button', { name: 'Reply to this message' }));
    await waitFor(() => expect(document.activeElement).toBe(field()));
    expect(screen.getByText('Reply to')).toBeDefined();
    await stage.user.keyboard('{Escape}');
    expect(screen.queryByText('Reply to')).toBeNull();
    await stage.user.click(screen.getByRole('button', { name: 'Reply to this message' }));
    await stage.user.type(field(), 'Yes{Enter}');
    await waitFor(() =>
      expect(askedFor(stage, send)).toEqual([
        { conversationId: 'cnv_1', text: 'Yes', replyTo: 'msg_1', seen: 'msg_1' },
      ]),
    );
  });

  test('is not longer than the channel takes', async () => {
    const stage = await openStage();
    fireEvent.change(field(), { target: { value: 'x'.repeat(4_000) } });
    expect(screen.getByText('96 characters left')).toBeDefined();
    fireEvent.change(field(), { target: { value: 'x'.repeat(4_100) } });
    expect(screen.getByRole('alert').textContent).toBe('4 characters too many: shorten it, or send it in parts');
    await stage.user.type(field(), '{Enter}');
    expect(askedFor(stage, send)).toEqual([]);
  });
});

describe('where nothing can be written', () => {
  const shut = { allowed: [], reason: 'The customer last wrote more than 24 hours ago.', windowEndsAt: null };

  test('a window that is shut says why, what to do, and where else the person writes', async () => {
    const elsewhere = conversation('cnv_2', 5, { channel: { id: 'chn_2', kind: 'webchat', name: 'Website' } });
    const stage = await openStage({
      opened: { canSend: shut },
      prepare: (server) => void server.conversations.push(elsewhere),
    });
    expect(screen.queryByRole('textbox')).toBeNull();
    const notice = screen.getByRole('region', { name: 'Why you cannot write here now' });
    expect(notice.textContent).toContain('The customer last wrote more than 24 hours ago.');
    expect(notice.textContent).toContain('Only an approved template can open it');
    await stage.user.click(await within(notice).findByRole('button', { name: /Website/ }));
    expect(stage.opened).toEqual(['cnv_2']);
    expect(findCommand('conversation.reply')?.disabled).toBe('The channel takes no answer now');
  });

  test('a window that shuts soon is counted down by the server’s clock', async () => {
    const windowEndsAt = new Date(Date.now() + 90 * 60_000 + 5_000).toISOString();
    await openStage({ opened: { canSend: { allowed: ['text'], reason: null, windowEndsAt } } });
    expect(screen.getByText('You can answer for another 1 h 30 min')).toBeDefined();
  });

  test('plenty of time is no news', async () => {
    const windowEndsAt = new Date(Date.now() + 20 * 3_600_000).toISOString();
    await openStage({ opened: { canSend: { allowed: ['text'], reason: null, windowEndsAt } } });
    expect(screen.queryByText(/You can answer for another/)).toBeNull();
  });

  test('a preview is to be taken first', async () => {
    await openStage({
      opened: { preview: true },
      prepare: (server) => void server.conversations.splice(0, 1, conversation('cnv_1', 1)),
    });
    expect(screen.getByText('Take it to read everything and answer')).toBeDefined();
    expect(screen.getByText('Earlier messages are shown once you take the conversation')).toBeDefined();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Reply to this message' })).toBeNull();
  });

  test('a closed one is reopened by whoever may', async () => {
    const closed = {
      ...mine,
      status: 'closed',
      lifecycle: 'closed',
      closeReason: 'no_reply',
      closedAt: clock(0),
    } as const;
    const stage = await openStage({
      prepare: (server) => void server.conversations.splice(0, 1, conversation('cnv_1', 1, closed)),
    });
    expect(screen.getByText('The customer did not answer')).toBeDefined();
    const [reopen] = screen.getAllByRole('button', { name: /Reopen/ });
    if (reopen) await stage.user.click(reopen);
    expect(askedFor(stage, 'POST /api/conversations/cnv_1/reopen')).toHaveLength(1);
  });

  test('a colleague’s conversation says whose it is, and lets one in who insists', async () => {
    const theirs = { ...mine, assigneeId: 'usr_2' };
    const stage = await openStage({
      prepare: (server) => void server.conversations.splice(0, 1, conversation('cnv_1', 1, theirs)),
    });
    const notice = screen.getByRole('region', { name: 'Why you cannot write here now' });
    await waitFor(() => expect(notice.textContent).toContain('Bela Varga has this conversation'));
    await stage.user.click(screen.getByRole('button', { name: /Reply anyway/ }));
    await waitFor(() => expect(document.activeElement).toBe(field()));
  });

  test('a role that only reads is told so', async () => {
    const theirs = { ...mine, assigneeId: 'usr_2', teamId: 'tem_9' };
    await openStage({
      prepare(server) {
        server.conversations = [conversation('cnv_1', 1, theirs)];
        server.me = someone({ permissions: { 'conversations:read': 'all', 'conversations:reply': 'team' } });
      },
    });
    expect(await screen.findByText('Bela Varga answers here')).toBeDefined();
    for (const name of ['Take', 'Close', /Assigned/, /Reopen/])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });

  test('what is typed stays when the conversation is taken away', async () => {
    const stage = await openStage();
    await stage.user.type(field(), 'I was about to say');
    await act(async () => stage.server.tell({ type: 'left', conversationId: 'cnv_1' }));
    expect(await screen.findByText('The conversation with Customer cnv_1 has moved on')).toBeDefined();
    expect(screen.getByRole('region', { name: 'Your draft' }).textContent).toContain('I was about to say');
    await stage.user.click(screen.getByRole('button', { name: 'Look again' }));
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /Message to/ })).value).toBe(
      'I was about to say',
    );
  });
});

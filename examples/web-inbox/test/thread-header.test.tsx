// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { findCommand } from '../src/inbox-kit/commands.js';
import { ConversationView } from '../src/inbox-kit/thread/ConversationView.js';
import { useToasts } from '../src/inbox-kit/toasts.js';
import { clock, conversation, problem, type ShellServer, someone } from './shell-server.js';
import { askedFor, closeStage, mine, openStage } from './thread-stage.js';

afterEach(closeStage);

const verb = (name: string) => `POST /api/conversations/cnv_1/${name}`;
const as = (more: Parameters<typeof conversation>[2]) => (server: ShellServer) =>
  void server.conversations.splice(0, 1, conversation('cnv_1', 1, more));
const run = (id: string): void => act(() => findCommand(id)?.run());

describe('taking', () => {
  test('is one click, and shows before the server answers', async () => {
    const stage = await openStage({ prepare: as({}) });
    const release = stage.hold(verb('take'));
    await stage.user.click(screen.getByRole('button', { name: 'Take' }));
    expect(stage.clicks()).toBe(1);
    expect(screen.getByRole('button', { name: /Assigned to You/ })).toBeDefined();
    as({ ...mine, version: 2 })(stage.server);
    release();
    await waitFor(() => expect(askedFor(stage, verb('take'))).toHaveLength(1));
    await waitFor(() => expect(stage.inbox.store.opened('cnv_1')?.conversation.assigneeId).toBe('usr_1'));
    expect(screen.queryByRole('button', { name: 'Take' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('log'));
  });

  test('is one key', async () => {
    const stage = await openStage({ prepare: as({}) });
    run('conversation.take');
    await waitFor(() => expect(askedFor(stage, verb('take'))).toHaveLength(1));
    expect(stage.clicks()).toBe(0);
  });

  test('says who was faster, and shows what is', async () => {
    const stage = await openStage({ prepare: as({}), children: <WithToasts /> });
    await screen.findByRole('button', { name: 'Take' });
    as({ ...mine, assigneeId: 'usr_3', version: 2 })(stage.server);
    const taken = problem(409, 'conversation_taken', 'Somebody else has the conversation', { assigneeId: 'usr_3' });
    stage.answer = ({ name }) => (name === verb('take') ? taken : undefined);
    await stage.user.click(screen.getByRole('button', { name: 'Take' }));
    expect(await screen.findByText('Ada Obi was faster')).toBeDefined();
    expect(await screen.findByRole('button', { name: /Assigned to Ada Obi/ })).toBeDefined();
  });

  test('goes back when the server cannot be reached', async () => {
    const stage = await openStage({ prepare: as({}), children: <WithToasts /> });
    stage.server.down = true;
    await stage.user.click(await screen.findByRole('button', { name: 'Take' }));
    expect(await screen.findByText('The conversation could not be taken')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Take' })).toBeDefined();
  });
});

describe('assigning', () => {
  test('is two clicks: the button, then the person', async () => {
    const stage = await openStage();
    await stage.user.click(screen.getByRole('button', { name: /Assigned to You/ }));
    await stage.user.click(await screen.findByRole('option', { name: /Ada Obi/ }));
    expect(stage.clicks()).toBe(2);
    await waitFor(() => expect(askedFor(stage, verb('assign'))).toEqual([{ assigneeId: 'usr_3' }]));
  });

  test('shows who is there first, and is narrowed by typing', async () => {
    const stage = await openStage();
    run('conversation.assign');
    const people = (await screen.findAllByRole('option')).map((option) => option.textContent);
    expect(people).toEqual([
      'Back to the queue',
      expect.stringContaining('Ada ObiOnline'),
      expect.stringContaining('Bela VargaAway'),
      'Customer ExperienceQueue',
    ]);
    await stage.user.keyboard('bela{Enter}');
    await waitFor(() => expect(askedFor(stage, verb('assign'))).toEqual([{ assigneeId: 'usr_2' }]));
  });

  test('gives it back to the queue, or to a team', async () => {
    const stage = await openStage();
    run('conversation.assign');
    await stage.user.click(await screen.findByRole('option', { name: 'Back to the queue' }));
    await waitFor(() => expect(askedFor(stage, verb('assign'))).toEqual([{ assigneeId: null }]));
    run('conversation.assign');
    await stage.user.click(await screen.findByRole('option', { name: /Customer Experience/ }));
    await waitFor(() => expect(askedFor(stage, verb('assign'))).toHaveLength(2));
    expect(askedFor(stage, verb('assign'))[1]).toEqual({ assigneeId: null, teamId: 'tem_1' });
  });

  test('says with whom it is when it goes out of sight', async () => {
    const stage = await openStage();
    run('conversation.assign');
    await stage.user.click(await screen.findByRole('option', { name: /Bela Varga/ }));
    await waitFor(() => expect(askedFor(stage, verb('assign'))).toHaveLength(1));
    stage.server.conversations = [];
    await act(async () => stage.server.tell({ type: 'left', conversationId: 'cnv_1' }));
    expect(await screen.findByText(/It is with Bela Varga now/)).toBeDefined();
  });
});

describe('closing', () => {
  test('takes a usual reason by the keyboard alone', async () => {
    const stage = await openStage();
    run('conversation.close');
    await stage.user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(askedFor(stage, verb('close'))).toEqual([{ reason: 'no_reply' }]));
  });

  test("offers the team's own reasons, and finds them as they are typed", async () => {
    const stage = await openStage();
    await stage.user.click(screen.getByRole('button', { name: 'Close' }));
    expect(await screen.findByRole('option', { name: 'Refunded' })).toBeDefined();
    expect(screen.queryByRole('option', { name: 'Renewed' })).toBeNull();
    await stage.user.keyboard('refu{Enter}');
    await waitFor(() => expect(askedFor(stage, verb('close'))).toEqual([{ reason: 'refunded' }]));
  });
});

describe('what the role does not allow is not offered', () => {
  const agent = (more: Parameters<typeof conversation>[2]) => (server: ShellServer) => {
    server.me = someone({
      role: 'agent',
      permissions: {
        'conversations:read': 'assigned',
        'conversations:reply': 'assigned',
        'conversations:close': 'assigned',
        'conversations:assign': 'assigned',
        'conversations:take': 'team',
      },
    });
    as(more)(server);
  };

  test('an agent takes from the queue of their team, and does nothing else with it', async () => {
    await openStage({ prepare: agent({}), opened: { preview: true } });
    expect(screen.getAllByRole('button', { name: /Take/ })).toHaveLength(2);
    expect(screen.queryByRole('button', { name: /Assign/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
    expect(findCommand('conversation.close')).toBeUndefined();
  });

  test('an agent does not reopen', async () => {
    const closed = { ...mine, status: 'closed', lifecycle: 'closed', closeReason: 'spam', closedAt: clock(0) } as const;
    await openStage({ prepare: agent(closed) });
    expect(screen.queryByRole('button', { name: /Reopen/ })).toBeNull();
    expect(screen.getByText(/Your role does not reopen conversations/)).toBeDefined();
  });
});

function WithToasts() {
  const toasts = useToasts();
  return (
    <>
      <ConversationView id="cnv_1" onClose={() => {}} profileOpen={false} onToggleProfile={() => {}} />
      {toasts.map(({ id, title }) => (
        <p key={id}>{title}</p>
      ))}
    </>
  );
}

// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import type { Erasure } from '@tims/sdk';
import { afterEach, expect, test } from 'vitest';
import { isTyped, typedFor } from '../src/inbox-kit/contact/erase-typed.js';
import { ProfilePanel } from '../src/inbox-kit/contact/ProfilePanel.js';
import { person, phoneOf } from './person.js';
import { clock, problem, type ShellServer, someone } from './shell-server.js';
import { askedFor, closeStage, openStage, type Stage } from './thread-stage.js';

afterEach(closeStage);

const path = '/api/contacts/con_cnv_1';
const erase = `POST ${path}/erase`;
let erased: boolean;
let erasure: Erasure;

test('says what goes and what stays, and does nothing before the whole name or number is typed', async () => {
  const stage = await openPanel();
  const dialog = await openDialog(stage);
  expect(dialog.textContent).toContain('Nothing brings it back.');
  expect(dialog.textContent).toContain('What goes');
  expect(dialog.textContent).toContain('backups made before');
  const button = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Erase for good' });
  await stage.user.type(field(), 'Dana{Enter}');
  expect(button.disabled).toBe(true);
  await stage.user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(askedFor(stage, erase)).toEqual([]);
  expect(screen.getByText('Dana Reyes')).toBeDefined();
});

test('what was refused is told, what was typed stays, and the report comes when it is asked again', async () => {
  const stage = await openPanel();
  const usual = stage.answer;
  stage.answer = (asked) =>
    asked.name === erase ? problem(503, 'database_unavailable', 'No database', { help: 'Wait.' }) : usual(asked);
  await openDialog(stage);
  await stage.user.type(field(), ' dana  reyes');
  await stage.user.click(screen.getByRole('button', { name: 'Erase for good' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The server has trouble. Wait.');
  expect(field().value).toBe(' dana  reyes');
  stage.answer = usual;
  await stage.user.click(screen.getByRole('button', { name: 'Erase for good' }));
  await screen.findByRole('heading', { name: 'They are being erased' });
  erasure = { ...erasure, state: 'done', report: { ...erasure.report, messages: 1_204 } };
  await screen.findByRole('heading', { name: 'They are erased' }, { timeout: 5_000 });
  expect(screen.getByText('1,204')).toBeDefined();
  expect(screen.queryByText('Jobs')).toBeNull();
});

test('whoever looks on sees the person go with the event, while the report stays', async () => {
  const stage = await openPanel();
  await openDialog(stage);
  await stage.user.type(field(), '60 123-456 789');
  await stage.user.click(screen.getByRole('button', { name: 'Erase for good' }));
  await screen.findByRole('heading', { name: 'They are being erased' });
  await act(async () =>
    stage.server.tell({
      type: 'event',
      event: {
        id: 'evt_erased',
        type: 'contact.erased',
        entityId: 'con_cnv_1',
        entityVersion: 2,
        actor: { type: 'user', id: 'usr_1' },
        at: clock(0),
        cursor: 'c9',
      },
    }),
  );
  await screen.findByText('This person was erased');
  expect(screen.queryByText('Dana Reyes')).toBeNull();
  expect(screen.getByRole('heading', { name: 'They are being erased' })).toBeDefined();
  await stage.user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Profile'));
  expect(screen.queryByRole('button', { name: /Erase|Everything/ })).toBeNull();
});

test('who may not erase is not offered it', async () => {
  await openPanel({});
  expect(screen.queryByRole('button', { name: /Erase/ })).toBeNull();
});

test('a name is typed whole, a number however it is written, and a word where there is neither', () => {
  const whom = typedFor(contact);
  expect(['Dana Reyes', 'dana reyes ', '+60123456789', '60 123 456-789'].map((said) => isTyped(whom, said))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['', 'Dana', '6012345678', 'erase', '+'].some((said) => isTyped(whom, said))).toBe(false);
  const nobody = typedFor({ ...contact, name: ' ', identities: [] });
  expect(nobody.label).toContain('“erase”');
  expect([isTyped(nobody, 'erase'), isTyped(nobody, '')]).toEqual([true, false]);
});

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^Type their name/ });

async function openDialog(stage: Stage): Promise<HTMLElement> {
  await stage.user.click(screen.getByRole('button', { name: 'Erase this person…' }));
  return screen.findByRole('alertdialog', { name: 'Erase Dana Reyes for good?' }, { timeout: 8_000 });
}

async function openPanel(rights: ShellServer['me']['permissions'] = { 'contacts:erase': 'all' }): Promise<Stage> {
  erased = false;
  erasure = begun();
  const stage = await openStage({
    children: (
      <ProfilePanel contactId="con_cnv_1" conversationId="cnv_1" onOpenConversation={() => {}} onClose={() => {}} />
    ),
    prepare(server) {
      server.me = someone({ role: 'admin' });
      server.me.permissions = { ...server.me.permissions, ...rights };
      server.instead.set(`GET ${path}`, () =>
        erased ? problem(404, 'not_found', 'There is no such contact') : { body: contact },
      );
      server.instead.set('GET /api/erasures/era_1', () => ({ body: erasure }));
    },
  });
  stage.answer = ({ name }) => {
    if (name !== erase) return undefined;
    erased = true;
    return { status: 202, body: erasure };
  };
  await act(async () => void (await stage.inbox.store.open('cnv_1')));
  await screen.findByText('Dana Reyes');
  return stage;
}

function begun(): Erasure {
  const none = { identities: 0, keys: 1, contactTags: 0, conversations: 1, messages: 0, mediaReferences: 0 };
  const rest = { reactions: 0, unsent: 0, notes: 0, drafts: 0, followUps: 0, searchDocuments: 0, rawBodies: 0 };
  const last = { failures: 0, pendingUpdates: 0, notices: 0, importRows: 0, merges: 0, answers: 0, jobs: 0 };
  const report = { contacts: 1, ...none, ...rest, ...last };
  return { id: 'era_1', contactId: 'con_cnv_1', state: 'running', report, by: 'usr_1', at: clock(0), endedAt: null };
}

const contact = person({ identities: [phoneOf('60123456789')] });

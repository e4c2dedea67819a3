// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import type { Message } from '@tims/sdk';
import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { beginningOf } from '../src/inbox-kit/thread/bubble/fold.js';
import { linkify, safeHref } from '../src/inbox-kit/thread/bubble/links.js';
import { clock, message } from './shell-server.js';
import { askedFor, closeStage, inbound, openStage } from './thread-stage.js';

afterEach(closeStage);

type Content = Message['content'];

async function show(...messages: Partial<Message>[]): Promise<HTMLElement[]> {
  await openStage({
    prepare(server) {
      server.messages = messages.map((one, index) => message(`msg_${index}`, 'cnv_1', one));
    },
  });
  return screen.getAllByRole('article');
}

const from = (content: Content): Partial<Message> => ({ ...inbound(''), content });

describe('every kind of message', () => {
  const media = { externalId: '1', mimeType: 'image/jpeg' };
  const kinds: [string, Content, RegExp][] = [
    ['image', { type: 'image', v: 1, media, caption: 'My report' }, /Photo.*JPEG · cannot be shown yet.*My report/],
    ['video', { type: 'video', v: 1, media: { mimeType: 'video/mp4' } }, /Video.*MP4 · cannot be shown yet/],
    [
      'voice',
      { type: 'audio', v: 1, media: { voice: true, mimeType: 'audio/ogg; codecs=opus' } },
      /Voice message.*OGG/,
    ],
    ['audio', { type: 'audio', v: 1, media: {} }, /Audio.*cannot be shown yet/],
    [
      'document',
      { type: 'document', v: 1, media: { filename: 'plan.pdf', mimeType: 'application/pdf' } },
      /plan\.pdf.*PDF/,
    ],
    ['sticker', { type: 'sticker', v: 1, media: {} }, /Sticker/],
    [
      'lost file',
      { type: 'image', v: 1, media: { failed: 'Too old' } },
      /The channel could not keep this file: Too old/,
    ],
    [
      'location',
      { type: 'location', v: 1, latitude: 3.1, longitude: 101.7, name: 'Centre' },
      /Centre.*3\.10000, 101\.70000/,
    ],
    [
      'contact',
      { type: 'contacts', v: 1, contacts: [{ name: 'Lee', phones: ['+1 202'], emails: ['l@x.org'] }] },
      /Lee.*\+1 202.*l@x\.org/,
    ],
    [
      'choice',
      { type: 'choice', v: 1, id: 'm', title: 'Maths', description: 'All levels' },
      /Chose.*Maths.*All levels/,
    ],
    [
      'form',
      { type: 'form', v: 1, name: 'flow', response: '{"level":"P5","days":["Tue","Thu"]}' },
      /level.*P5.*days.*Tue, Thu/,
    ],
    ['broken form', { type: 'form', v: 1, name: 'flow', response: '{"level' }, /\{"level/],
    [
      'order',
      {
        type: 'order',
        v: 1,
        catalogId: '1',
        items: [{ productId: 'trial', quantity: 2, price: 25.5, currency: 'MYR' }],
      },
      /trial.*2 ×.*25\.50.*Total.*51\.00/,
    ],
    [
      'odd money',
      { type: 'order', v: 1, catalogId: '1', items: [{ productId: 'x', quantity: 1, price: 5, currency: 'shells' }] },
      /5 shells/,
    ],
    ['unsupported', { type: 'unsupported', v: 1, what: 'poll_creation', raw: {} }, /cannot be shown.*poll creation/],
  ];

  test.each(kinds)('%s', async (_, content, expected) => {
    const [bubble] = await show(from(content));
    expect(bubble?.textContent).toMatch(expected);
  });

  test('one that is newer than this page', async () => {
    const [bubble] = await show(from({ type: 'hologram' } as unknown as Content));
    expect(bubble?.textContent).toContain('hologram');
  });

  test('all of them are clean to axe', async () => {
    await show(...kinds.map(([, content]) => from(content)));
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});

describe('what is said of a message', () => {
  test.each([
    ['queued', 'Waiting to be sent'],
    ['sending', 'Being sent'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
    ['played', 'Played'],
  ] as const)('%s is told in words', async (state, words) => {
    const [bubble] = await show({ state });
    expect(within(bubble as HTMLElement).getByText(words)).toBeDefined();
  });

  test('unknown is explained', async () => {
    const [bubble] = await show({ state: 'unknown' });
    expect(bubble?.textContent).toContain('We cannot tell whether it arrived; it is never sent twice by itself.');
    expect(within(bubble as HTMLElement).queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  test('failed says why, and is sent again as a new one, once', async () => {
    const error = { code: '131000', text: 'Something went wrong', kind: 'retry', retryable: true };
    const stage = await openStage({
      prepare(server) {
        server.messages = [
          message('msg_1', 'cnv_1', { state: 'failed', error, content: { type: 'text', v: 1, text: 'Hi' } }),
        ];
      },
    });
    expect(screen.getByText(/The channel says/).textContent).toContain('Something went wrong (131000)');
    await stage.user.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() =>
      expect(askedFor(stage, 'POST /api/messages/send')).toEqual([
        { conversationId: 'cnv_1', text: 'Hi', seen: 'msg_1' },
      ]),
    );
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    expect(screen.getByText('It was sent again below.')).toBeDefined();
  });

  test('failed for good offers no retry', async () => {
    const error = { code: '131026', text: 'Undeliverable', kind: 'recipient_blocked', retryable: false };
    await show({ state: 'failed', error });
    expect(screen.getByText(/This person cannot be reached here/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  test('who wrote it, and where from', async () => {
    const bubbles = await show(
      { author: { type: 'user', id: 'usr_2' } },
      { author: { type: 'channel', id: null }, origin: 'echo' },
      { ...inbound('Old'), origin: 'history' },
      { ...inbound('Meanwhile'), origin: 'standby' },
    );
    await waitFor(() => expect(bubbles[0]?.textContent).toContain('Bela Varga'));
    expect(bubbles[1]?.textContent).toContain('Your company· Written outside TIMS');
    expect(bubbles[2]?.textContent).toContain('Customer cnv_1· Imported');
    expect(bubbles[3]?.textContent).toContain('· While another app was answering');
  });

  test('edited, deleted, and what others felt about it', async () => {
    const bubbles = await show(
      { ...inbound('Tuesday'), editedAt: clock(101) },
      { ...inbound('A secret'), revokedAt: clock(101) },
      {
        ...inbound('Great'),
        reactions: [
          { author: 'a', emoji: '👍' },
          { author: 'b', emoji: '👍' },
        ],
      },
    );
    expect(bubbles[0]?.textContent).toContain('edited');
    expect(bubbles[1]?.textContent).toContain('The customer deleted this message');
    expect(bubbles[1]?.textContent).not.toContain('secret');
    expect(within(bubbles[2] as HTMLElement).getByRole('list', { name: 'Reactions' }).textContent).toBe('👍2');
  });

  test('what it answers, in a line that leads there', async () => {
    const bubbles = await show(
      inbound('The question'),
      { replyTo: { externalId: 'x', messageId: 'msg_0' } },
      { replyTo: { externalId: 'y', messageId: null } },
    );
    expect(within(bubbles[1] as HTMLElement).getByRole('button', { name: /In reply to.*The question/ })).toBeDefined();
    expect(bubbles[2]?.textContent).toContain('Answers a message from before this conversation');
  });
});

describe('hostile text', () => {
  test('is text and nothing else', async () => {
    const text =
      '<img src=x onerror="alert(1)"><script>alert(2)</script><a href="javascript:alert(3)">x</a> javascript:alert(4)';
    const [bubble] = await show(from({ type: 'text', v: 1, text }));
    expect(bubble?.textContent).toContain(text);
    expect(bubble?.querySelector('img, script, a')).toBeNull();
  });

  test('has its own direction and stays in its bubble', async () => {
    const [bubble] = await show(from({ type: 'text', v: 1, text: '\u202Eevil مرحبا' }));
    const said = within(bubble as HTMLElement).getByText(/evil/);
    expect(said.getAttribute('dir')).toBe('auto');
    expect(said.closest('.overflow-clip')).not.toBeNull();
  });

  test('of 20,000 characters is folded', async () => {
    const text = 'word '.repeat(4_000);
    const stage = await openStage({
      prepare: (server) => void server.messages.splice(0, 1, message('msg_1', 'cnv_1', inbound(text))),
    });
    const bubble = screen.getByRole('article');
    expect(bubble.textContent?.length).toBeLessThan(1_500);
    await stage.user.click(screen.getByRole('button', { name: 'Show all (20,000 characters)' }));
    expect(bubble.textContent).toContain(text);
    await stage.user.click(screen.getByRole('button', { name: 'Show less' }));
    expect(bubble.textContent?.length).toBeLessThan(1_500);
  });
});

describe('folding', () => {
  test('keeps signs whole', () => {
    expect(beginningOf('👨‍👩‍👧‍👦'.repeat(400))?.endsWith('👨‍👩‍👧‍👦')).toBe(true);
    expect(beginningOf('e\u0301'.repeat(2_000))?.endsWith('e\u0301')).toBe(true);
  });

  test('copes with one sign that never ends, and with many lines', () => {
    expect(beginningOf(`a${'\u0301'.repeat(19_999)}`)?.length).toBeLessThan(1_300);
    expect(beginningOf('x\n'.repeat(1_000))?.split('\n')).toHaveLength(24);
    expect(beginningOf('short')).toBeUndefined();
  });
});

describe('links', () => {
  const hrefs = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

  test('are web pages, mails and calls', () => {
    expect(hrefs('See https://a.example/x_(y), www.b.example. Mail c@d.example or tel:+60123, bye')).toEqual([
      'https://a.example/x_(y)',
      'https://www.b.example/',
      'mailto:c@d.example',
      'tel:+60123',
    ]);
    expect(hrefs('(https://a.example/x)')).toEqual(['https://a.example/x']);
  });

  test('are nothing else', () => {
    expect(hrefs('javascript:alert(1) data:text/html,x file:///etc vbscript:x blob:https')).toEqual([]);
    expect(safeHref('javascript:alert(1)')).toBeUndefined();
    expect(safeHref(' JaVaScRiPt:alert(1)')).toBeUndefined();
  });

  test('end before signs that would turn them round', () => {
    expect(linkify('https://a.example/\u202Egpj.exe')[0]).toEqual({
      text: 'https://a.example/',
      href: 'https://a.example/',
    });
  });

  test('lose nothing of the text, and take no time', () => {
    const text = `${'a'.repeat(10_000)}@${'b.'.repeat(5_000)} https://${'('.repeat(2_000)}`;
    const started = performance.now();
    expect(
      linkify(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

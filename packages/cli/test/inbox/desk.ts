import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserActor } from '@tims/core';
import { createTims, type Tims } from '@tims/sdk';
import type { TestServer } from '@tims/testing';
import { WebSocket } from 'ws';
import { type Feed, openFeed } from '../../src/inbox/feed/feed.js';
import { createInbox, type Inbox, type View } from '../../src/inbox/inbox.js';
import { openDrafts } from '../../src/inbox/keep/drafts.js';
import { outboxFile } from '../../src/inbox/keep/outbox-file.js';
import { createKeymap, type Keymap } from '../../src/inbox/keys/keymap.js';
import { createDecoder } from '../../src/inbox/terminal/input.js';

/** Somebody at their inbox: the whole of it, but for the terminal. */
export interface Desk {
  inbox: Inbox;
  feed: Feed;
  tims: Tims;
  keymap: Keymap;
  /** As the terminal sends them. */
  press(keys: string): void;
  /** Resolves with what is to be seen once it fits. */
  until(fits: (view: View) => unknown, what: string): Promise<View>;
  /** Opens the conversation of the contact in the group that shows it. */
  open(contact: string, group?: string): Promise<View>;
  said(pattern: RegExp): Promise<View>;
  leave(): void;
}

export interface DeskOptions {
  size?: { columns: number; rows: number };
  /** What the person's editor makes of a text. */
  edit?: (text: string) => Promise<string>;
  bell?: () => void;
  /** Another way to the server. */
  url?: string;
}

const waitMs = 8_000;

export async function sitDown(server: TestServer, actor: UserActor, options: DeskOptions = {}): Promise<Desk> {
  const tims = createTims({ url: options.url ?? server.url, accessToken: await server.tokenOf(actor), WebSocket });
  const folder = mkdtempSync(join(tmpdir(), 'tims-desk-'));
  const feed = openFeed({ tims, me: await tims.me.get(), storage: outboxFile(folder) });
  const keymap = createKeymap();
  const inbox = createInbox({
    tims,
    feed,
    keymap,
    drafts: openDrafts(folder),
    size: options.size ?? { columns: 100, rows: 30 },
    signIn: 'Sign in with `tims login`.',
    terminal: {
      edit: options.edit ?? (async (text) => text),
      bell: options.bell ?? (() => {}),
      redraw() {},
      suspend() {},
      quit() {},
    },
  });
  const decoder = createDecoder();
  const desk: Desk = {
    inbox,
    feed,
    tims,
    keymap,
    press: (keys) => inbox.handle([...decoder.push(keys), ...decoder.flush()]),
    async until(fits, what) {
      for (const started = Date.now(); !fits(inbox.view()); await sleep(10)) {
        if (Date.now() - started > waitMs)
          throw new Error(`It never came to be seen: ${what}\n${JSON.stringify(inbox.view().state)}`);
      }
      return inbox.view();
    },
    async open(contact, group = '3') {
      desk.press(`${group}/${contact.toLowerCase()}\r`);
      await desk.until(
        ({ data }) => data.rows.length === 1 && data.rows[0]?.contact.name === contact,
        `${contact} in the list`,
      );
      desk.press('\r');
      return desk.until(
        ({ data }) => data.page?.conversation.contact.name === contact,
        `the conversation with ${contact}`,
      );
    },
    said: (pattern) => desk.until(({ state }) => pattern.test(state.notice?.text ?? ''), String(pattern)),
    leave() {
      inbox.close();
      feed.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await desk.until(({ data }) => data.connection.state === 'live', 'the connection');
  return desk;
}

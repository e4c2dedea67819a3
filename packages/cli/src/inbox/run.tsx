import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { type Instance, render } from 'ink';
import { globalsOf } from '../command.js';
import { connect } from '../connect.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { profileFile, readProfiles } from '../profile.js';
import { openFeed } from './feed/feed.js';
import { createInbox, type View } from './inbox.js';
import { openDrafts } from './keep/drafts.js';
import { inboxFolder } from './keep/folder.js';
import { outboxFile } from './keep/outbox-file.js';
import { createKeymap } from './keys/keymap.js';
import { editText } from './terminal/editor.js';
import { createDecoder } from './terminal/input.js';
import { createPainter } from './terminal/painter.js';
import { createScreen } from './terminal/screen.js';
import { App } from './view/App.js';
import { cursorOf } from './view/cursor.js';
import { themeFor } from './view/theme.js';

export interface RunOptions {
  mouse: boolean;
}

/** Runs the inbox until it is left; the terminal is given back as it was, however it ends. */
export async function runInbox(command: Command, options: RunOptions): Promise<void> {
  demandTerminal(command);
  const { stdin, stdout } = process;
  const { inbox: settings } = readProfiles() as { inbox?: { keys?: unknown; bell?: unknown } }; // beside the profiles, kept as it is
  const keymap = createKeymap(settings?.keys, profileFile());
  const { tims, url, profile } = await connect(command);
  const me = await tims.me.get();
  const folder = inboxFolder(url, me.id);
  const complain = (error: unknown) => inbox.report(error);
  const drafts = openDrafts(folder, complain);
  const feed = openFeed({ tims, me, storage: outboxFile(folder, complain) });
  const screen = createScreen(stdin, { mouse: options.mouse });
  const painter = createPainter((text) => stdout.write(text));
  const theme = themeFor(process.env);
  let away = false;
  let finish: (code: number) => void = () => {};
  const finished = new Promise<number>((resolve) => {
    finish = resolve;
  });

  const inbox = createInbox({
    tims,
    feed,
    drafts,
    keymap,
    size: sizeOf(stdout),
    signIn: signInAgain(profile, url),
    terminal: {
      async edit(text) {
        leave();
        try {
          return await editText(text, { folder, env: environmentOfChildren() });
        } finally {
          enter();
        }
      },
      bell: () => void (settings?.bell === true && !away && stdout.write('\u0007')),
      redraw,
      suspend() {
        leave();
        process.once('SIGCONT', enter);
        // To the whole group, as the terminal does it: whatever started us stops with us.
        process.kill(0, 'SIGTSTP');
      },
      quit: () => finish(0),
    },
  });

  let app: Instance | undefined;
  let picture: View | undefined;

  // Ink lays out and draws; the frame goes through the painter, which writes only what changed. `debug` makes it give
  // every frame whole, and at once.
  const canvas = Object.assign(
    new Writable({
      write(frame, _encoding, done) {
        if (!away && picture) painter.paint(String(frame), cursorOf(picture));
        done();
      },
    }),
    { columns: 0, rows: 0, isTTY: true },
  ) as unknown as NodeJS.WriteStream; // as much of one as Ink uses

  function paint() {
    cancelPaint();
    if (away) return;
    picture = inbox.view();
    Object.assign(canvas, { columns: picture.layout.width, rows: picture.layout.height + 1 });
    const node = <App view={picture} keymap={keymap} theme={theme} />;
    if (app) app.rerender(node);
    else {
      app = render(node, { stdout: canvas, stdin, debug: true, exitOnCtrlC: false, patchConsole: false });
      // Ink catches what goes wrong while drawing, and tells it here.
      app.waitUntilExit().catch(crash);
    }
    paintedAt = performance.now();
  }

  let paintedAt = 0;
  let paintTimer: ReturnType<typeof setTimeout> | undefined;
  function cancelPaint() {
    clearTimeout(paintTimer);
    paintTimer = undefined;
  }
  /** What the server says is painted thirty times a second at most; keys at once. */
  function paintSoon() {
    paintTimer ??= setTimeout(paint, Math.max(0, frameMs - (performance.now() - paintedAt)));
  }

  function redraw() {
    painter.forget();
    paint();
  }

  const decoder = createDecoder();
  let escapeTimer: ReturnType<typeof setTimeout> | undefined;
  function read(chunk: string) {
    clearTimeout(escapeTimer);
    inbox.handle(decoder.push(chunk));
    paint();
    if (decoder.pending) {
      escapeTimer = setTimeout(() => {
        inbox.handle(decoder.flush());
        paint();
      }, escapeMs);
    }
  }

  function enter() {
    away = false;
    screen.enter();
    stdin.setEncoding('utf8').on('data', read).resume();
    inbox.resize(sizeOf(stdout));
    redraw();
  }

  function leave() {
    away = true;
    cancelPaint();
    stdin.off('data', read).pause();
    screen.leave();
  }

  const resize = () => {
    painter.forget();
    inbox.resize(sizeOf(stdout));
    paintSoon();
  };
  /** Ages on the screen grow by themselves; quickly only while somebody waits for the server. */
  const clock = setInterval(() => {
    ticks += 1;
    if (feed.connection.state !== 'live' || ticks % 20 === 0 || (picture && isCountingDown(picture))) paintSoon();
  }, 1_000);
  let ticks = 0;

  const signals = Object.entries({ SIGTERM: 15, SIGINT: 2, SIGHUP: 1, SIGQUIT: 3 } as const);
  for (const [name, number] of signals) process.on(name, () => finish(128 + number));
  const crash = (error: unknown) => {
    leave();
    drafts.flush();
    process.stderr.write(
      `tims inbox stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(exitCodes.failed);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  process.on('exit', screen.leave);
  stdin.on('end', () => finish(128 + 1));
  stdout.on('resize', resize);
  inbox.subscribe(paintSoon);

  enter();
  const code = await finished;
  clearInterval(clock);
  clearTimeout(escapeTimer);
  leave();
  inbox.close();
  feed.close();
  app?.unmount();
  if (feed.connection.state === 'ended')
    process.stderr.write(`Your session has ended. Drafts are kept. ${signInAgain(profile, url)}\n`);
  // Requests under way would hold the process; what is not sent is kept, and asked again under its key.
  process.exit(code);
}

/** A message can be taken back, and the time for it is shown. */
function isCountingDown({ data }: View): boolean {
  return Date.parse(data.page?.messages.at(-1)?.withdrawableUntil ?? '') > Date.now();
}

const frameMs = 33;
/** So long an escape may be the beginning of a sequence. */
const escapeMs = 30;

function demandTerminal(command: Command) {
  const { stdin, stdout, env } = process;
  const instead = 'Use `tims conversations list` and `tims send` in scripts; both have --json.';
  if (globalsOf(command).json)
    throw new CommandError(exitCodes.usage, 'The inbox is for people and has no --json.', instead);
  if (!stdin.isTTY || !stdout.isTTY) throw new CommandError(exitCodes.usage, 'The inbox needs a terminal.', instead);
  if (env.TERM === 'dumb')
    throw new CommandError(exitCodes.usage, 'The inbox needs a terminal that can be drawn on; TERM is dumb.', instead);
}

function sizeOf(stdout: NodeJS.WriteStream): { columns: number; rows: number } {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

function signInAgain(profile: string, url: string): string {
  if (profile === 'TIMS_TOKEN') return 'Give TIMS_TOKEN a new token and start again.';
  const name = profile === 'default' || profile.startsWith('(') ? '' : ` --profile ${profile}`;
  return `Sign in with \`tims login${name} --url ${url}\`, then start again.`;
}

/** Without what we set for ourselves. */
function environmentOfChildren(): NodeJS.ProcessEnv {
  const { NODE_ENV: _ours, ...env } = process.env;
  return env;
}

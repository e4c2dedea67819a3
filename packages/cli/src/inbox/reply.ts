import { demandWriting } from './acts/answering.js';
import type { Controls } from './controls.js';
import type { Data } from './data.js';
import { draftKey } from './keep/drafts.js';
import { type Wanted, writing } from './state/state.js';
import { oneLineOf } from './tell.js';
import type { Input } from './terminal/input.js';

/** Begins to write as soon as the conversation is there, and does not lose what is typed until then. */
export interface Reply {
  begin(id: string, wanted: Wanted): void;
  /** Something is to begin; what is typed belongs into it. */
  readonly waits: boolean;
  hold(input: Input): void;
  giveUp(): void;
  /** Begins it when it can. */
  look(): void;
}

/**
 * @param handle takes in what was typed meanwhile
 * @param changed to be called when the editor has ended
 */
export function createReply(controls: Controls, handle: (input: Input) => void, changed: () => void): Reply {
  let wanted: (Wanted & { id: string }) | undefined;
  let typed: Input[] = [];

  function look(): void {
    if (!wanted) return;
    const { data, state } = controls;
    if (wanted.id !== state.open) reply.giveUp();
    else if (isReady(data)) start(wanted, data);
  }

  function start({ id, ...how }: Wanted & { id: string }, { people, page }: Data) {
    const { drafts, keymap } = controls;
    const ahead = typed;
    reply.giveUp();
    const key = draftKey(id, how);
    const text = [drafts.get(key), how.insert ?? ''].filter(Boolean).join('\n');
    drafts.set(key, text);
    const refusal = demandWriting(people, page, keymap, how);
    if (refusal) return controls.say(refusal, 'bad');
    write(how, text);
    if (how.editor) void inEditor(id, how);
    else for (const input of ahead) handle(input);
  }

  function write(how: Wanted, text: string): void {
    controls.set({ ...controls.state, mode: writing(how, text) });
  }

  async function inEditor(id: string, how: Wanted): Promise<void> {
    const { drafts, terminal } = controls;
    const key = draftKey(id, how);
    drafts.flush();
    try {
      const text = await terminal.edit(drafts.get(key));
      drafts.set(key, text);
      drafts.flush();
      if (controls.state.open === id) write(how, text);
    } catch (error) {
      controls.say(oneLineOf(error, controls.data.people), 'bad');
    }
    changed();
  }

  const reply: Reply = {
    begin(id, how) {
      controls.openConversation(id, 'thread');
      wanted = { id, ...how };
      look();
    },
    get waits() {
      return wanted !== undefined;
    },
    hold: (input) => void typed.push(input),
    giveUp() {
      wanted = undefined;
      typed = [];
    },
    look,
  };
  return reply;
}

/** Loaded, and whole where it is ours; or not to be had at all. */
function isReady({ page, pageProblem, people }: Data): boolean {
  if (!page) return pageProblem !== undefined;
  return !page.preview || page.conversation.assigneeId !== people.me.id;
}

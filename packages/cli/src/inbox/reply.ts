import { demandReply } from './acts/answering.js';
import type { Controls } from './controls.js';
import type { Data } from './data.js';
import { oneLineOf } from './tell.js';
import type { Input } from './terminal/input.js';
import { fieldOf } from './text/field.js';

/** Begins an answer as soon as the conversation is there, and does not lose what is typed until then. */
export interface Reply {
  begin(id: string, editor: boolean): void;
  /** An answer is to begin; what is typed belongs into it. */
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
  let wanted: { id: string; editor: boolean } | undefined;
  let typed: Input[] = [];

  function look(): void {
    if (!wanted) return;
    const { data, state } = controls;
    if (wanted.id !== state.open) reply.giveUp();
    else if (isReady(data)) start(wanted, data);
  }

  function start({ id, editor }: { id: string; editor: boolean }, { people, page }: Data) {
    const ahead = typed;
    reply.giveUp();
    const refusal = demandReply(people, page, controls.keymap);
    if (refusal) return controls.say(refusal, 'bad');
    write(controls.drafts.get(id));
    if (editor) void inEditor(id);
    else for (const input of ahead) handle(input);
  }

  function write(text: string): void {
    controls.set({ ...controls.state, mode: { name: 'write', field: fieldOf(text) } });
  }

  async function inEditor(id: string): Promise<void> {
    const { drafts, terminal } = controls;
    drafts.flush();
    try {
      const text = await terminal.edit(drafts.get(id));
      drafts.set(id, text);
      drafts.flush();
      if (controls.state.open === id) write(text);
    } catch (error) {
      controls.say(oneLineOf(error, controls.data.people), 'bad');
    }
    changed();
  }

  const reply: Reply = {
    begin(id, editor) {
      controls.openConversation(id, 'thread');
      wanted = { id, editor };
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

import { openSqlite, startTestServer, type TestServer } from '@tims/testing';
import { type Desk, type DeskOptions, sitDown } from './desk.js';

/** A server, customers who write, and people at their inboxes. */
export interface Office {
  server: TestServer;
  /** The administrator sits there unless told. */
  sit(actor?: Actor, options?: DeskOptions): Promise<Desk>;
  agent(): Promise<Actor>;
  /** Somebody new writes, unless the phone says that it is the same person again. */
  write(name: string, text?: string, phone?: string): Promise<string>;
  /** Somebody new writes; answers with the conversation's id. */
  conversation(name: string, text?: string): Promise<string>;
  /** Everybody leaves their desk. */
  empty(): void;
  close(): Promise<void>;
}

type Actor = Parameters<typeof sitDown>[1];

export async function openOffice(): Promise<Office> {
  const server = await startTestServer(await openSqlite());
  const desks: Desk[] = [];
  let phones = 60_141_000_000;
  const office: Office = {
    server,
    async sit(actor = server.tims.admin, options) {
      const desk = await sitDown(server, actor, options);
      desks.push(desk);
      return desk;
    },
    agent: () => server.tims.addUser('agent', [server.tims.teamId]),
    async write(name, text = 'Hello', phone = `+${++phones}`) {
      const { phoneNumberId } = server.tims;
      await server.simulator.write({ phoneNumberId, from: { phone, name }, text });
      await server.simulator.idle();
      return phone;
    },
    async conversation(name, text) {
      await office.write(name, text);
      const desk = await office.sit();
      for await (const one of desk.tims.conversations.list()) if (one.contact.name === name) return one.id;
      throw new Error(`${name} has no conversation`);
    },
    empty() {
      for (const desk of desks.splice(0)) desk.leave();
    },
    close: () => server.close(),
  };
  return office;
}

/** What is to be seen of the conversation, as text. */
export function linesOf({ lines }: ReturnType<Desk['inbox']['view']>): string {
  return lines.map(({ line }) => line.map(({ text }) => text).join('')).join('\n');
}

import { demoPeople } from './demo/people.js';
import type { RunningServer } from './start.js';

/** What a person who has just started the server wants to know. */
export function closingLines(
  server: Pick<RunningServer, 'url' | 'demo' | 'inbox'>,
  facts: { publicUrl?: string; empty: boolean },
): string {
  const address = facts.publicUrl ?? server.url;
  const inbox = server.inbox ? [`  Inbox               ${address}`] : [];
  const head = [`TIMS is ready at ${address}`, '', ...inbox, `  API documentation   ${address}/docs`];
  const { demo } = server;
  // Where the command looks by itself.
  const elsewhere = server.url === 'http://127.0.0.1:4000' ? '' : ` --url ${server.url}`;
  if (!demo) {
    const none = [
      '',
      'There is no organization yet. Stop the server, make the first one, and start again:',
      '  npx tims init',
    ];
    return text([...head, ...(facts.empty ? none : []), ...stop]);
  }
  return text([
    ...head,
    `  WhatsApp simulator  ${demo.simulatorUrl}`,
    '',
    `Log in with the password ${demo.password} as`,
    ...demoPeople.map(({ email, title }) => `  ${email.padEnd(22)}${title}`),
    '',
    'Customers are writing in already. In another terminal:',
    `  npx tims inbox${elsewhere}`,
    `  npx tims conversations list${elsewhere}`,
    `  npx tims events tail${elsewhere}`,
    ...stop,
  ]);
}

const stop = ['', 'Stop with Ctrl+C.'];

const text = (lines: string[]) => `${lines.join('\n')}\n`;

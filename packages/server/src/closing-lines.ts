import { demoPeople } from './demo/people.js';
import type { RunningServer } from './start.js';

/** What a person who has just started the server wants to know. */
export function closingLines(
  server: Pick<RunningServer, 'url' | 'demo'>,
  facts: { publicUrl?: string; empty: boolean },
): string {
  const address = facts.publicUrl ?? server.url;
  const head = [`TIMS is ready at ${address}`, '', `  API documentation   ${address}/docs`];
  const { demo } = server;
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
    ...demoPeople.map(({ email, title }) => `  ${email.padEnd(20)}${title}`),
    '',
    'Customers are writing in already. In another terminal:',
    '  npx tims conversations list',
    '  npx tims events tail',
    ...stop,
  ]);
}

const stop = ['', 'Stop with Ctrl+C.'];

const text = (lines: string[]) => `${lines.join('\n')}\n`;

import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  to: string[];
  data: string;
}

/** A real SMTP server on loopback that takes every mail, after refusing as many as it is told to. */
export async function startMailServer({ refuses = 0 }: { refuses?: number } = {}) {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const state = { refused: 0 };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    const say = (line: string) => socket.write(`${line}\r\n`);
    let mail: ReceivedMail = { from: '', to: [], data: '' };
    let inData = false;
    let buffer = '';
    const take = (line: string): void => {
      if (inData) {
        if (line !== '.') {
          mail.data += `${line}\n`;
          return;
        }
        inData = false;
        mails.push(mail);
        mail = { from: '', to: [], data: '' };
        say('250 taken');
        return;
      }
      const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'MAIL') {
        if (state.refused < refuses) {
          state.refused++;
          say('451 try again later');
          return;
        }
        mail.from = address;
      }
      if (verb === 'RCPT') mail.to.push(address);
      inData = verb === 'DATA';
      say(inData ? '354 go on' : verb === 'QUIT' ? '221 bye' : verb === 'STAR' ? '502 not here' : '250 ok');
    };
    socket.on('data', (chunk) => {
      buffer += chunk.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        take(line);
      }
    });
    say('220 mail.test');
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    get refused() {
      return state.refused;
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

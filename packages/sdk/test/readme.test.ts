import { readFileSync } from 'node:fs';
import { forEachDatabase, startTestServer } from '@tims/testing';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { example } from './example.js';
import { until } from './until.js';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

forEachDatabase('the example of the README', (open) => {
  it('is the code that is tested, and does what it says', async () => {
    const [, code = ''] = read('./example.ts').split(/ *\/\/ README\n/);
    expect(read('../README.md')).toContain(code.replace(/^ {2}/gm, ''));

    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const server = await startTestServer(await open());
    const { phoneNumberId } = server.tims;
    await server.simulator.write({ phoneNumberId, from: { phone: '60123456701', name: 'Aisyah' }, text: 'Hello' });
    await server.simulator.idle();
    const live = await example(server.url, server.adminEmail, server.password, WebSocket);
    const sent = await until(async () => (await server.simulator.sends()).sends[0]);
    expect(JSON.stringify(sent)).toContain('Hello Aisyah, how can I help?');
    await until(() => live.state === 'live');
    await server.simulator.write({ phoneNumberId, from: { phone: '60123456701' }, text: 'Thank you' });
    await until(() => log.mock.calls.some(([type]) => type === 'message.created'));
    live.close();
    log.mockRestore();
    await server.close();
  });
});

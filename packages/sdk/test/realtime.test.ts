import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import {
  createColleagues,
  createTims,
  type Realtime,
  type RealtimeItem,
  type RealtimeOptions,
  type RealtimeState,
} from '../src/index.js';
import { problem, type ScriptedServer, startScriptedServer } from './scripted-server.js';
import { until } from './until.js';

/** One socket as the server has it. */
interface Peer {
  ticket: string | null;
  cursor: string | undefined;
  /** Everything the client said, oldest first. */
  said: { type: string; cursor?: string }[];
  tell(...items: object[]): void;
  close(code: number): void;
}

let server: ScriptedServer;
let sockets: WebSocketServer;
let live: Realtime | undefined;
let onPeer: (peer: Peer, number: number) => void;
let peers: Peer[];

const quick: RealtimeOptions = { reconnectBaseMs: 5, reconnectCeilingMs: 20 };
const connect = (options: RealtimeOptions = {}) => {
  const tims = createTims({ url: server.url, accessToken: 'token', WebSocket });
  const items: RealtimeItem[] = [];
  const states: RealtimeState[] = [];
  live = tims.realtime({ ...quick, ...options });
  live.subscribe((told) => void items.push(...told));
  live.onState((state) => void states.push(state));
  return { live, items, states };
};
const event = (id: string) => ({ type: 'event', event: { id, type: 'message.created' } });

beforeEach(async () => {
  server = await startScriptedServer();
  let tickets = 0;
  server.otherwise = () => ({
    status: 201,
    body: { ticket: 't', url: `/api/realtime?ticket=${++tickets}`, expiresAt: '' },
  });
  sockets = new WebSocketServer({ server: server.http, path: '/api/realtime' });
  peers = [];
  onPeer = () => {};
  sockets.on('connection', (socket, request) => {
    const said: Peer['said'] = [];
    socket.on('message', (data) => {
      said.push(JSON.parse(String(data)));
      const peer: Peer = {
        ticket: new URL(request.url ?? '', server.url).searchParams.get('ticket'),
        cursor: said[0]?.cursor,
        said,
        tell: (...items) => socket.send(JSON.stringify(items)),
        close: (code) => socket.close(code),
      };
      if (said.length === 1) peers.push(peer);
      onPeer(peer, peers.length);
    });
  });
});
afterEach(async () => {
  live?.close();
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  await server.close();
});

it('subscribes, tells what was missed and then what happens', async () => {
  onPeer = (peer) => {
    peer.tell(event('1'), { type: 'cursor', cursor: 'c1' });
    peer.tell({ type: 'ready', cursor: 'c1' });
    peer.tell(event('2'), event('3'), { type: 'cursor', cursor: 'c3' });
  };
  const { live, items, states } = connect({ cursor: 'c0' });
  await until(() => live.cursor === 'c3');
  expect(peers[0]).toMatchObject({ ticket: '1', said: [{ type: 'subscribe', cursor: 'c0' }] });
  expect(items.map((item) => (item.type === 'event' ? item.event.id : item.type))).toEqual([
    '1',
    'cursor',
    'ready',
    '2',
    '3',
    'cursor',
  ]);
  expect(states).toEqual(['live']);
});

it('goes on from its last cursor with a new ticket when the connection is lost', async () => {
  onPeer = (peer, number) => {
    peer.tell({ type: 'ready', cursor: `ready-${number}` });
    peer.tell(event(String(number)), { type: 'cursor', cursor: `c${number}` });
    if (number < 3) peer.close(number === 1 ? 1001 : 4008);
  };
  const { live, states } = connect();
  await until(() => live.cursor === 'c3');
  expect(peers.map(({ ticket, cursor }) => [ticket, cursor])).toEqual([
    ['1', undefined],
    ['2', 'c1'],
    ['3', 'c2'],
  ]);
  expect(states).toEqual(['live', 'offline', 'connecting', 'live', 'offline', 'connecting', 'live']);
});

it('gives up a connection in which nothing is heard any more', async () => {
  onPeer = (peer) => peer.tell({ type: 'ready', cursor: 'c1' });
  connect({ silenceMs: 50 });
  await until(() => peers.length >= 3);
  expect(peers[2]?.cursor).toBe('c1');
});

it('a heartbeat moves the cursor and keeps the connection', async () => {
  onPeer = (peer) => {
    peer.tell({ type: 'ready', cursor: 'c1' });
    peer.tell({ type: 'heartbeat', cursor: 'c2' });
  };
  const { live } = connect();
  await until(() => live.cursor === 'c2');
  expect(live.state).toBe('live');
});

it('after a resync it goes on from the cursor that the server names', async () => {
  onPeer = (peer) => {
    if (peer.said.length === 1) peer.tell({ type: 'resync_required', cursor: 'head' });
    else peer.tell({ type: 'ready', cursor: 'head' });
  };
  const { live, items, states } = connect({ cursor: 'gone' });
  await until(() => live.state === 'live');
  expect(peers).toHaveLength(1);
  expect(peers[0]?.said).toEqual([
    { type: 'subscribe', cursor: 'gone' },
    { type: 'subscribe', cursor: 'head' },
  ]);
  expect(items.map(({ type }) => type)).toEqual(['resync_required', 'ready']);
  expect(states).toEqual(['resyncing', 'live']);
});

it('keeps trying while the server cannot be reached', async () => {
  server.next('cut', problem(503, 'shutting_down'), problem(500, 'internal_error'));
  onPeer = (peer) => peer.tell({ type: 'ready', cursor: 'c1' });
  const { live, states } = connect();
  await until(() => live.state === 'live');
  expect(states).toEqual(['offline', 'connecting', 'offline', 'connecting', 'offline', 'connecting', 'live']);
});

it('comes back when a socket is refused after its ticket', async () => {
  let refusals = 2;
  sockets.options.verifyClient = () => refusals-- <= 0;
  onPeer = (peer) => peer.tell({ type: 'ready', cursor: 'c1' });
  const { live } = connect();
  await until(() => live.state === 'live');
  expect(peers[0]?.ticket).toBe('3');
});

it('ends when the session has ended, and says why', async () => {
  onPeer = (peer) => {
    peer.tell({ type: 'ready', cursor: 'c1' });
    server.next(problem(401, 'unauthorized'));
    peer.close(4001);
  };
  const { live } = connect();
  const error = await new Promise((resolve) => live.onState((state, reason) => state === 'closed' && resolve(reason)));
  expect(error).toMatchObject({ code: 'unauthorized' });
});

it('waits for a cursor that is promised', async () => {
  onPeer = (peer) => peer.tell({ type: 'ready', cursor: 'c1' });
  let give: (cursor: string) => void = () => {};
  const promised = new Promise<string>((resolve) => {
    give = resolve;
  });
  const { live } = connect({ cursor: promised });
  expect(server.received).toHaveLength(0);
  give('c0');
  await until(() => live.state === 'live');
  expect(peers[0]?.cursor).toBe('c0');
});

it('is silent once it is closed', async () => {
  onPeer = (peer) => peer.tell({ type: 'ready', cursor: 'c1' });
  const { live, states } = connect();
  await until(() => live.state === 'live');
  live.close();
  await until(() => sockets.clients.size === 0);
  expect(states).toEqual(['live', 'closed']);
  expect(peers).toHaveLength(1);
});

it('says what is missing where the runtime has no WebSocket', () => {
  const tims = createTims({ url: server.url, WebSocket: undefined });
  const own: unknown = Reflect.get(globalThis, 'WebSocket');
  if (own === undefined) expect(() => tims.realtime()).toThrow(/createTims\(\{ url, WebSocket \}\)/);
  else live = tims.realtime();
});

it('tells what is looked at and typed, and after a reconnection what still holds', async () => {
  onPeer = (peer) => void (peer.said.length === 1 && peer.tell({ type: 'ready', cursor: 'c1' }));
  const { live } = connect();
  live.view('cnv_0');
  await until(() => live.state === 'live');
  live.view('cnv_1');
  live.view('cnv_1');
  for (let i = 0; i < 5; i++) live.typing('cnv_1');
  live.typing('cnv_1', false);
  live.typing('cnv_1', false);
  live.presence('online');
  live.presence('away');
  const told = [
    { type: 'viewing', conversationId: 'cnv_0' },
    { type: 'viewing', conversationId: 'cnv_1' },
    { type: 'typing', conversationId: 'cnv_1', on: true },
    { type: 'typing', conversationId: 'cnv_1', on: false },
    { type: 'presence', state: 'away' },
  ];
  await until(() => peers[0]?.said.length === 6);
  expect(peers[0]?.said.slice(1)).toEqual(told);
  peers[0]?.close(1001);
  await until(() => peers[1]?.said.length === 3);
  expect(peers[1]?.said.slice(1)).toEqual([
    { type: 'presence', state: 'away' },
    { type: 'viewing', conversationId: 'cnv_1' },
  ]);
});

it('keeps who is there, looks on and types, and forgets it when told anew', async () => {
  onPeer = (peer) => {
    peer.tell({ type: 'ready', cursor: 'c1' });
    peer.tell(
      { type: 'presence_reset' },
      { type: 'presence', userId: 'usr_1', state: 'away', lastSeenAt: null },
      { type: 'viewing', conversationId: 'cnv_1', userIds: ['usr_1', 'usr_2'] },
      { type: 'typing', conversationId: 'cnv_1', userId: 'usr_1', on: true },
      { type: 'typing', conversationId: 'cnv_2', userId: 'usr_1', on: true },
    );
  };
  const { live } = connect();
  const colleagues = createColleagues(live);
  let changes = 0;
  colleagues.subscribe(() => void changes++);
  await until(() => changes === 1);
  const { presence, viewers, typists } = colleagues.snapshot;
  expect(presence.get('usr_1')).toEqual({ state: 'away', lastSeenAt: null });
  expect(viewers.get('cnv_1')).toEqual(['usr_1', 'usr_2']);
  expect(typists.get('cnv_1')).toEqual(['usr_1']);
  peers[0]?.tell(
    { type: 'presence', userId: 'usr_1', state: 'offline', lastSeenAt: null },
    { type: 'typing', conversationId: 'cnv_1', userId: 'usr_1', on: false },
    { type: 'left', conversationId: 'cnv_2' },
  );
  await until(() => changes === 2);
  expect([colleagues.snapshot.presence.size, colleagues.snapshot.typists.size]).toEqual([0, 0]);
  expect(viewers.get('cnv_1')).toHaveLength(2);
  peers[0]?.tell({ type: 'presence_reset' });
  await until(() => changes === 3);
  expect(colleagues.snapshot.viewers.size).toBe(0);
});

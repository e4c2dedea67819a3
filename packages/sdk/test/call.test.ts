import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import {
  type Conversation,
  createTims,
  type ErrorCode,
  isTimsError,
  type ListCall,
  type Message,
  TimsApiError,
  TimsNetworkError,
  type TimsOptions,
  TimsTimeoutError,
} from '../src/index.js';
import { problem, type ScriptedServer, startScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
const client = (options: Partial<TimsOptions> = {}) =>
  createTims({ url: server.url, accessToken: 'token', retries: 0, ...options });

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

describe('one flat object', () => {
  it('goes into path, query and body as the document says', async () => {
    const tims = client();
    await tims.conversations.list({ status: 'queued', unread: true, limit: 10 });
    await tims.conversations.close({ id: 'cnv_1', reason: 'resolved' });
    await tims.conversations.get({ id: 'cnv/1', before: 'a b' });
    await tims.conversations.take({ id: 'cnv_1' });
    await tims.conversations.read({ id: 'cnv_1' });
    expect(server.received.map(({ method, url, body }) => ({ method, url, body }))).toEqual([
      { method: 'GET', url: '/api/conversations?status=queued&unread=true&limit=10', body: undefined },
      { method: 'POST', url: '/api/conversations/cnv_1/close', body: { reason: 'resolved' } },
      { method: 'GET', url: '/api/conversations/cnv%2F1?before=a%20b', body: undefined },
      { method: 'POST', url: '/api/conversations/cnv_1/take', body: undefined },
      { method: 'POST', url: '/api/conversations/cnv_1/read', body: {} },
    ]);
    expect(server.received[0]?.headers).toMatchObject({ authorization: 'Bearer token' });
  });

  it('passes on what it does not know, so that the server can refuse it', async () => {
    // @ts-expect-error a conversation is closed with a reason and nothing else
    await client().conversations.close({ id: 'cnv_1', reason: 'resolved', why: 'x' });
    expect(server.received[0]?.body).toEqual({ reason: 'resolved', why: 'x' });
  });

  it('has a file beside it, as a text or as a Blob', async () => {
    const tims = client();
    const csv = 'name\nMei\n';
    await tims.contactImports.create({ csv, fileName: 'people.csv' });
    server.next('cut');
    await client({ retries: 1 }).contactImports.create({ csv: new Blob([csv], { type: 'text/plain' }) });
    expect(server.received.map(({ url, body, headers }) => [url, headers['content-type'], body])).toEqual([
      ['/api/contact-imports?fileName=people.csv', 'text/csv', csv],
      ['/api/contact-imports', 'text/csv', csv],
      ['/api/contact-imports', 'text/csv', csv],
    ]);
    // @ts-expect-error a file is a text or a Blob
    await expect(tims.contactImports.create({ csv: 5 })).rejects.toThrow(TypeError);
    expectTypeOf(tims.contactImports.create).parameter(0).toEqualTypeOf<{ csv: string | Blob; fileName?: string }>();
  });

  it('calls no other path than the one that was meant', async () => {
    await expect(client().conversations.get({ id: '' })).rejects.toThrow(TypeError);
    await expect(client().conversations.take({ id: '..' })).rejects.toThrow(TypeError);
    expect(server.received).toEqual([]);
  });

  it('sends the headers that a call adds', async () => {
    await client().me.get(undefined, { headers: { 'x-trace': '1' } });
    expect(server.received[0]?.headers['x-trace']).toBe('1');
  });

  it('keeps the path that the server stands under', async () => {
    await createTims({ url: `${server.url}/tims/` }).me.get();
    expect(server.received[0]?.url).toBe('/tims/api/me');
  });

  it('has the types of the document', () => {
    const tims = client();
    expectTypeOf(tims.conversations.list).returns.toExtend<ListCall<{ data: Conversation[] }, Conversation>>();
    expectTypeOf(tims.messages.send).returns.toEqualTypeOf<Promise<Message>>();
    expectTypeOf(tims.messages.send)
      .parameter(0)
      .toEqualTypeOf<
        | { conversationId: string; text: string; replyTo?: string; seen?: string; force?: boolean }
        | { channelId: string; to: string; text: string }
      >();
    expectTypeOf(tims.conversations.close).parameter(0).toEqualTypeOf<{ id: string; reason: string }>();
    expectTypeOf(tims.auth.logout).returns.toEqualTypeOf<Promise<undefined>>();
    expectTypeOf<'conversation_taken'>().toExtend<ErrorCode>();
  });
});

describe('errors', () => {
  it('are the problem that the server tells', async () => {
    server.next(
      problem(409, 'conversation_taken', {
        detail: 'Taken',
        assigneeId: 'usr_1',
        errors: [{ path: '/x', message: 'y' }],
      }),
    );
    const error: unknown = await client()
      .conversations.take({ id: 'cnv_1' })
      .catch((thrown: unknown) => thrown);
    if (!isTimsError(error, 'conversation_taken')) throw new Error('It is no conversation_taken', { cause: error });
    expectTypeOf(error.code).toEqualTypeOf<'conversation_taken'>();
    expect(error).toBeInstanceOf(TimsApiError);
    expect(error).toMatchObject({
      status: 409,
      title: 'conversation_taken',
      detail: 'Taken',
      message: 'Taken',
      help: 'Do it right.',
      requestId: 'req-1',
      errors: [{ path: '/x', message: 'y' }],
      members: { assigneeId: 'usr_1' },
    });
    expect(isTimsError(error, 'not_found')).toBe(false);
    expect(isTimsError(new Error('no'))).toBe(false);
  });

  it('name an answer that is not of TIMS', async () => {
    server.next({ status: 404, body: '<h1>Not here</h1>', headers: { 'content-type': 'text/html' } });
    await expect(client().me.get()).rejects.toMatchObject({ code: 'unexpected_answer', status: 404 });
    server.next({ body: '<h1>Log in to the hotel network</h1>' });
    await expect(client().me.get()).rejects.toMatchObject({ code: 'unexpected_answer' });
  });

  it('name a server that is not there, and one that breaks off', async () => {
    const { url } = await startScriptedServer().then(async (other) => ({
      url: other.url,
      closed: await other.close(),
    }));
    await expect(createTims({ url, retries: 0 }).me.get()).rejects.toThrow(TimsNetworkError);
    server.next('cut', 'half');
    await expect(client().me.get()).rejects.toThrow(TimsNetworkError);
    await expect(client().me.get()).rejects.toThrow(TimsNetworkError);
  });

  it('name a server that does not answer in time', async () => {
    server.next('silence', 'silence');
    await expect(client().me.get(undefined, { timeoutMs: 30 })).rejects.toThrow(TimsTimeoutError);
    await expect(client({ timeoutMs: 30 }).me.get()).rejects.toMatchObject({ code: 'timeout', timeoutMs: 30 });
  });
});

describe('an aborted signal', () => {
  it('rejects with its own reason, before the call, during it and between two tries', async () => {
    const reason = new Error('Enough');
    const early = AbortSignal.abort(reason);
    await expect(client().me.get(undefined, { signal: early })).rejects.toBe(reason);
    expect(server.received).toHaveLength(0);

    const during = new AbortController();
    server.otherwise = () => {
      during.abort(reason);
      return 'silence';
    };
    await expect(client().me.get(undefined, { signal: during.signal })).rejects.toBe(reason);

    const between = new AbortController();
    server.otherwise = () => {
      setTimeout(() => between.abort(reason), 20);
      return problem(503, 'overloaded', {}, { 'retry-after': '30' });
    };
    await expect(client({ retries: 3 }).me.get(undefined, { signal: between.signal })).rejects.toBe(reason);
    expect(server.received).toHaveLength(2);
  });
});

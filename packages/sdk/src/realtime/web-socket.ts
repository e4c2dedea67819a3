/** As much of a WebSocket as is used: the browser's, Node's and the `ws` package's all have it. */
export interface WebSocketLike {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

export type WebSocketConstructor = new (url: string) => WebSocketLike;

/**
 * The constructor that was given, or the runtime's own.
 *
 * @throws TypeError where there is neither: Node 20
 */
export function webSocketConstructor(given?: WebSocketConstructor): WebSocketConstructor {
  const found: unknown = given ?? Reflect.get(globalThis, 'WebSocket');
  if (typeof found === 'function') return found as WebSocketConstructor; // WebSocket is specified to have this shape
  throw new TypeError(
    'This runtime has no WebSocket; pass one, e.g. of the ws package: createTims({ url, WebSocket })',
  );
}

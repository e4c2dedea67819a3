import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

const sweepMs = 100;

/**
 * Lets a stop wait for requests, and for nothing else. Node closes the connections that are idle when the server stops,
 * but not one whose request ends a moment later and that is then kept alive, nor one on which nothing was ever said, as
 * browsers open them ahead of need.
 */
export const closing = fp(
  async (app) => {
    const sockets = new Set<Socket>();
    app.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    const sweep = () => {
      app.server.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    };
    app.addHook('preClose', async () => {
      sweep();
      const sweeping = setInterval(sweep, sweepMs);
      app.server.once('close', () => clearInterval(sweeping));
      // One that never listened has no end to tell of.
      if (!app.server.listening) clearInterval(sweeping);
    });
  },
  { name: 'closing' },
);

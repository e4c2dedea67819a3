import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

/**
 * Closes connections on which nothing was ever said when the server stops. A browser opens such ones ahead of need; Node
 * does not count them as idle, and would wait for them.
 */
export const silentConnections = fp(
  async (app) => {
    const sockets = new Set<Socket>();
    app.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    app.addHook('preClose', async () => {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    });
  },
  { name: 'silent-connections' },
);

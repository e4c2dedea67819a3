import type { Drill } from './drill.js';
import { newMariadb } from './mariadb.js';
import { prepare, type Scene } from './scene.js';
import { type ServerProcess, startServer } from './server-process.js';

export interface Nodes {
  name: string;
  scene: Scene;
  servers: ServerProcess[];
  /** Where the n-th request goes: each node in turn. */
  url(index: number): string;
  stop(): Promise<void>;
}

/** One node on SQLite; the long form also has three nodes on one MariaDB. */
export async function eachSetting(drill: Drill, run: (nodes: Nodes) => Promise<void>): Promise<void> {
  await run(await startNodes(drill, 'one node on SQLite', await prepare(drill), 1));
  if (drill.short) return;
  const databaseUrl = await newMariadb(drill);
  if (!databaseUrl) return;
  await run(await startNodes(drill, 'three nodes on MariaDB', await prepare(drill, { databaseUrl }), 3));
}

async function startNodes(drill: Drill, name: string, scene: Scene, count: number): Promise<Nodes> {
  const servers: ServerProcess[] = [];
  for (let index = 0; index < count; index++) servers.push(await startServer(drill, scene));
  drill.say(`${name}: ready`);
  return {
    name,
    scene,
    servers,
    url: (index) => servers[index % count]?.url ?? '',
    stop: async () => {
      await Promise.all(servers.map((server) => server.kill('SIGTERM')));
    },
  };
}

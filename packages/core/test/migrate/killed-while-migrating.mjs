// node killed-while-migrating.mjs <url> <n>: migrates, and dies by SIGKILL before it sends its nth statement.
// Prints how many statements it sent if it gets to the end.
import * as migrating from '../../dist/database/migrate.js';
import { exampleSet } from './example-set.mjs';

const [url = '', killBefore] = process.argv.slice(2);
const plugin = url.startsWith('sqlite:') ? 'storage-sqlite' : 'storage-mysql';
const { default: storagePlugin } = await import(`../../../../plugins/${plugin}/dist/index.js`);
const storage = await storagePlugin.open(url);
let sent = 0;
storage.writer.on('query', () => {
  sent += 1;
  if (sent === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
});
await migrating.migrate(storage, [exampleSet(migrating)]);
await storage.close();
console.log(sent);

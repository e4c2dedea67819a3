/** `npm run build`: all set-up, so that the programs in packages/ can run. */
import { build, setUp } from './setup.mjs';

await setUp();
await build();

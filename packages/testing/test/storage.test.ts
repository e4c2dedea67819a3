import { forEachDatabase, storageContract } from '../src/databases/index.js';

forEachDatabase('the storage contract', storageContract);

import { existsSync, readdirSync } from 'node:fs';

export declare const data: string[];

const folder = new URL('../../public/', import.meta.url);

/** The pictures that are there; a page shows one only then. */
export default {
  load: (): string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.png')) : []),
};

import { readdirSync, readFileSync } from 'node:fs';

/** Every update of `fixtures/`, by file name without its ending. */
export const fixtures: Record<string, unknown> = Object.fromEntries(
  readdirSync(new URL('./fixtures/', import.meta.url)).map((file) => [
    file.replace(/\.json$/, ''),
    JSON.parse(readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')),
  ]),
);

/** When the fixtures "arrive": a day after they were "sent". */
export const receivedAt = 1_763_700_000_000;

import { existsSync } from 'node:fs';

/** The SQLite file that the URL names; undefined for a database server. */
export function databaseFile({ databaseUrl }: { databaseUrl: string }): string | undefined {
  return /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(databaseUrl)?.[1];
}

/** Whether opening the database would first make it. */
export function databaseIsMissing(settings: { databaseUrl: string }): boolean {
  const file = databaseFile(settings);
  return file !== undefined && !existsSync(file);
}

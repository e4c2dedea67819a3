import type { ContactImport, ImportRow } from '@tims/sdk';
import type { BadgeTone } from '../frame/Badge.js';

interface Word {
  readonly text: string;
  readonly tone: BadgeTone;
}

export const importWords: Readonly<Record<ContactImport['state'], Word>> = {
  staged: { text: 'Waits to be started', tone: 'warning' },
  running: { text: 'Running', tone: 'accent' },
  done: { text: 'Done', tone: 'good' },
  cancelled: { text: 'Stopped', tone: 'neutral' },
};

export const rowWords: Readonly<Record<ImportRow['state'], Word>> = {
  failed: { text: 'At fault', tone: 'warning' },
  created: { text: 'Created', tone: 'good' },
  updated: { text: 'Updated', tone: 'accent' },
  unchanged: { text: 'Unchanged', tone: 'neutral' },
  pending: { text: 'Its turn has not come', tone: 'neutral' },
};

/** How many rows are dealt with. */
export function doneOf({ created, updated, unchanged, failed }: ContactImport): number {
  return created + updated + unchanged + failed;
}

export function rowCount(count: number): string {
  return count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`;
}

export function nameOfImport({ fileName }: ContactImport): string {
  return fileName ?? 'A file without a name';
}

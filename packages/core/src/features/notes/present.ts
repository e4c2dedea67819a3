import { timestamp } from '../../kernel/schema.js';
import type { NoteRecord } from './repository.js';
import type { Note } from './schema.js';

export function present(note: NoteRecord): Note {
  const { pinnedAt, editedAt, createdAt } = note;
  return {
    ...note,
    pinnedAt: timestamp(pinnedAt),
    editedAt: timestamp(editedAt),
    createdAt: timestamp(createdAt),
  };
}

export { addNote, createContactNote, createNote, removeNote, updateNote } from './actions.js';
export { getNotesById, listContactNotes, listNotes } from './reads.js';
export { NewContactNote, NewNote, Note, NotePatch } from './schema.js';
export { audienceOf } from './sight.js';

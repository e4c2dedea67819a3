import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { longestHeading, mostColumns } from './limits.js';

/** From `staged`, by somebody's word, to `running`, and from there to `done`; both may be `cancelled`. */
export const importStates = ['staged', 'running', 'done', 'cancelled'] as const;
export type ImportState = (typeof importStates)[number];

export const existings = ['update', 'refuse'] as const;
const Existing = OneOf(existings, {
  description: 'What becomes of a row whose contact is there already: it changes the contact, or is reported',
});

const Column = Type.Object(
  {
    column: Type.String({ minLength: 1, maxLength: longestHeading, description: 'As the first row names it' }),
    field: Nullable(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description:
          '`id`, `name`, `kind`, `tags`, `address`, `attributes.` and a key, or `ignore`; null where that is not clear',
        examples: ['name'],
      }),
    ),
  },
  { additionalProperties: false },
);
export type ImportColumn = Static<typeof Column>;

const count = (description: string) => Type.Integer({ description });

export const ContactImport = Type.Object(
  {
    id: Id('import'),
    state: OneOf(importStates),
    fileName: Nullable(Type.String()),
    columns: Type.Array(Column),
    channelId: Nullable(Id('channel'), { description: 'Where the addresses are of' }),
    existing: Existing,
    rows: count('Rows of the file that hold something'),
    created: count('Rows that made a contact'),
    updated: count('Rows that changed one'),
    unchanged: count('Rows that found everything so already'),
    failed: count('Rows at fault; nothing of them was taken'),
    createdBy: Id('user'),
    createdAt: Timestamp,
    endedAt: Nullable(Timestamp),
    version: Type.Integer(),
  },
  { title: 'ContactImport' },
);
export type ContactImport = Static<typeof ContactImport>;

export const rowStates = ['pending', 'created', 'updated', 'unchanged', 'failed'] as const;
export type RowState = (typeof rowStates)[number];

export const ImportRow = Type.Object(
  {
    row: Type.Integer({ description: 'As a spreadsheet counts: the heading is row 1' }),
    state: OneOf(rowStates),
    fault: Nullable(Type.String({ description: 'What is wrong with it' })),
    contactId: Nullable(Id('contact')),
    cells: Type.Array(Type.String(), {
      description: 'In the order of the columns; of a row that was imported they are not kept',
    }),
  },
  { title: 'ImportRow' },
);
export type ImportRow = Static<typeof ImportRow>;

/** What is said of the file besides its bytes. */
export const ImportQuery = Type.Object(
  {
    fileName: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'For people who look at the list' }),
    ),
  },
  { additionalProperties: false },
);

export const ImportStart = Type.Object(
  {
    columns: Type.Optional(
      Type.Array(Column, { maxItems: mostColumns, description: 'Those that are to be taken otherwise than was found' }),
    ),
    channelId: Type.Optional(Nullable(Id('channel'))),
    existing: Type.Optional(Existing),
  },
  { title: 'ImportStart', additionalProperties: false },
);
export type ImportStart = Static<typeof ImportStart>;

export const RowFilter = Type.Object({ state: Type.Optional(OneOf(rowStates)) }, { additionalProperties: false });
export type RowFilter = Static<typeof RowFilter>;

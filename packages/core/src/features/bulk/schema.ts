import Type, { type Static } from 'typebox';
import { errorCatalogue } from '../../kernel/errors.js';
import { Id, Nullable } from '../../kernel/schema.js';
import { Closing } from '../conversations/index.js';

const ids = Type.Array(Id('conversation'), { minItems: 1, maxItems: 500, description: 'Each once' });
const alone = <A extends string>(act: A) =>
  Type.Object({ act: Type.Literal(act), ids }, { additionalProperties: false });
const withTag = <A extends string>(act: A) =>
  Type.Object({ act: Type.Literal(act), ids, tagId: Id('tag') }, { additionalProperties: false });

/** One act on many conversations. */
export const Bulk = Type.Union(
  [
    alone('take'),
    alone('pend'),
    alone('reopen'),
    alone('read'),
    Type.Object(
      {
        act: Type.Literal('assign'),
        ids,
        assigneeId: Type.Optional(Nullable(Id('user'))),
        teamId: Type.Optional(Id('team')),
      },
      { additionalProperties: false },
    ),
    Type.Object({ act: Type.Literal('close'), ids, ...Closing.properties }, { additionalProperties: false }),
    withTag('tag'),
    withTag('untag'),
  ],
  { title: 'Bulk' },
);
export type Bulk = Static<typeof Bulk>;

export const BulkResult = Type.Object(
  {
    done: Type.Integer({ description: 'How many were changed, or were so already' }),
    refused: Type.Integer(),
    results: Type.Array(
      Type.Object({
        id: Id('conversation'),
        done: Type.Boolean(),
        version: Nullable(Type.Integer({ description: "The conversation's, where it was done" })),
        code: Nullable(Type.Enum(Object.keys(errorCatalogue), { description: 'Why not' })),
        detail: Nullable(Type.String()),
      }),
      { description: 'In the order of `ids`' },
    ),
  },
  { title: 'BulkResult' },
);
export type BulkResult = Static<typeof BulkResult>;

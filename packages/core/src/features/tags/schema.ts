import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf } from '../../kernel/schema.js';

/** Names that every client can draw in light and dark. */
export const tagColors = [
  'gray',
  'red',
  'orange',
  'amber',
  'green',
  'teal',
  'blue',
  'indigo',
  'purple',
  'pink',
] as const;

const fields = {
  name: Type.String({ minLength: 1, maxLength: 50, pattern: '\\S', examples: ['Payment'] }),
  color: OneOf(tagColors),
};

export const Tag = Type.Object(
  {
    id: Id('tag'),
    teamId: Nullable(Id('team'), { description: 'Whose it is; null: for every team' }),
    ...fields,
    purpose: Nullable(Type.String({ description: '`follow_up`: put on and taken off with follow-ups' })),
    version: Type.Integer(),
  },
  { title: 'Tag' },
);
export type Tag = Static<typeof Tag>;

export const NewTag = Type.Object(
  { name: fields.name, color: Type.Optional(fields.color), teamId: Type.Optional(Nullable(Id('team'))) },
  { title: 'NewTag', additionalProperties: false },
);
export type NewTag = Static<typeof NewTag>;

export const TagPatch = Type.Object(
  { name: Type.Optional(fields.name), color: Type.Optional(fields.color) },
  { title: 'TagPatch', additionalProperties: false, minProperties: 1 },
);
export type TagPatch = Static<typeof TagPatch>;

/** Which tag to put on something. */
export const TagChoice = Type.Object({ tagId: Id('tag') }, { title: 'TagChoice', additionalProperties: false });

/** What every organization begins with. */
export const firstTags = [
  { name: 'New Lead', color: 'green', purpose: null },
  { name: 'Payment', color: 'amber', purpose: null },
  { name: 'Tutor Request', color: 'blue', purpose: null },
  { name: 'Follow-Up', color: 'purple', purpose: 'follow_up' },
] as const satisfies { name: string; color: Tag['color']; purpose: string | null }[];

import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { ConversationFilter } from '../conversations/index.js';

/** What the list of conversations is asked for; where a page starts and how long it is belongs to the asking. */
export const ViewFilter = Type.Omit(ConversationFilter, ['cursor', 'limit'], {
  title: 'ViewFilter',
  additionalProperties: false,
});
export type ViewFilter = Static<typeof ViewFilter>;

const sharing = ['personal', 'team', 'everybody'] as const;

export const View = Type.Object(
  {
    id: Id('view'),
    name: Type.String(),
    filter: ViewFilter,
    shared: OneOf(sharing),
    teamId: Nullable(Id('team')),
    position: Type.Integer({ description: 'Lower ones come first' }),
    createdAt: Timestamp,
    version: Type.Integer(),
  },
  { title: 'View' },
);
export type View = Static<typeof View>;

const name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', examples: ['Waiting for finance'] });
const position = Type.Integer({ minimum: 0, maximum: 10_000 });

export const NewView = Type.Object(
  {
    name,
    filter: ViewFilter,
    shared: Type.Optional(OneOf(sharing, { default: 'personal' })),
    teamId: Type.Optional(
      Type.Unsafe<string>({ ...Id('team'), description: 'With whom, where it is shared with a team' }),
    ),
    position: Type.Optional(position),
  },
  { title: 'NewView', additionalProperties: false },
);
export type NewView = Static<typeof NewView>;

export const ViewPatch = Type.Object(
  { name: Type.Optional(name), filter: Type.Optional(ViewFilter), position: Type.Optional(position) },
  { title: 'ViewPatch', additionalProperties: false, minProperties: 1 },
);
export type ViewPatch = Static<typeof ViewPatch>;

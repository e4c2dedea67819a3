import Type, { type Static } from 'typebox';
import { Id, OneOf } from '../../kernel/schema.js';
import { Contact } from '../contacts/index.js';

const reasons = {
  certainty: OneOf(['likely', 'possible'], { description: '`likely`: they share an address; `possible`: a name' }),
  evidence: Type.Array(
    Type.Object({
      type: OneOf(['address', 'attribute', 'name'], {
        description:
          '`address`: both are reached at it; `attribute`: the one has noted down where the other is reached; `name`: they are called the same',
      }),
      value: Type.String(),
    }),
  ),
};
export type Evidence = Duplicate['evidence'][number];

export const Duplicate = Type.Object({ contact: Contact, ...reasons }, { title: 'Duplicate' });
export type Duplicate = Static<typeof Duplicate>;

export const DuplicatePair = Type.Object(
  { contact: Contact, other: Contact, ...reasons },
  { title: 'DuplicatePair', description: 'Two contacts that may be one person' },
);
export type DuplicatePair = Static<typeof DuplicatePair>;

export const Distinction = Type.Object(
  { contactId: Id('contact') },
  { title: 'Distinction', additionalProperties: false, description: 'Who is somebody else' },
);
export type Distinction = Static<typeof Distinction>;

import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { Email, Password, RoleKey, TeamsOfUser } from '../users/index.js';

export const Invitation = Type.Object(
  {
    id: Id('invitation'),
    email: Type.String(),
    name: Type.String({ description: 'Empty where nobody said one' }),
    role: Type.String(),
    teams: Type.Array(Type.Object({ id: Id('team'), lead: Type.Boolean() })),
    invitedBy: Id('user'),
    status: OneOf(['pending', 'accepted', 'expired'] as const),
    expiresAt: Timestamp,
    acceptedAt: Nullable(Timestamp),
    version: Type.Integer(),
    createdAt: Timestamp,
  },
  { title: 'Invitation' },
);
export type Invitation = Static<typeof Invitation>;

/** What whoever invites gets: the link as well, for a person whom no mail reaches. */
export const SentInvitation = Type.Object(
  {
    ...Invitation.properties,
    link: Nullable(Type.String(), {
      description: 'What the mail says; told once: null where a call with the same idempotency key is repeated',
    }),
  },
  { title: 'SentInvitation' },
);
export type SentInvitation = Static<typeof SentInvitation>;

export const NewInvitation = Type.Object(
  {
    email: Email,
    name: Type.Optional(
      Type.String({ maxLength: 200, description: 'As far as it is known; they may say another', examples: ['Aisyah'] }),
    ),
    role: RoleKey,
    teams: Type.Optional({ ...TeamsOfUser, description: 'The first one will be the primary team' }),
  },
  { title: 'NewInvitation', additionalProperties: false },
);
export type NewInvitation = Static<typeof NewInvitation>;

export const InvitationToken = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200, description: 'From the link' }) },
  { title: 'InvitationToken', additionalProperties: false },
);
export type InvitationToken = Static<typeof InvitationToken>;

export const InvitationPreview = Type.Object(
  {
    email: Type.String(),
    name: Type.String(),
    organizationName: Type.String(),
    hasAccount: Type.Boolean({ description: 'Accepting needs the password that this e-mail has already' }),
    expiresAt: Timestamp,
  },
  { title: 'InvitationPreview' },
);
export type InvitationPreview = Static<typeof InvitationPreview>;

export const Acceptance = Type.Object(
  {
    ...InvitationToken.properties,
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'As the invitation has it unless told; an account that is there keeps its own',
        examples: ['Aisyah'],
      }),
    ),
    password: Password,
  },
  { title: 'Acceptance', additionalProperties: false },
);
export type Acceptance = Static<typeof Acceptance>;

/** What to sign in with. */
export const Accepted = Type.Object(
  { organizationId: Id('organization'), userId: Id('user'), email: Type.String() },
  { title: 'AcceptedInvitation' },
);
export type Accepted = Static<typeof Accepted>;

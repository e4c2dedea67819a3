import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

export const CannedResponse = Type.Object(
  {
    id: Id('cannedResponse'),
    teamId: Nullable(Type.Unsafe<string>({ ...Id('team'), description: 'Whose it is; null: everybody’s' })),
    shortcut: Type.String(),
    title: Type.String(),
    text: Type.String(),
    variables: Type.Array(Type.String(), { description: 'The variables that the text has, e.g. `contact.first_name`' }),
    createdAt: Timestamp,
    version: Type.Integer(),
  },
  { title: 'CannedResponse' },
);
export type CannedResponse = Static<typeof CannedResponse>;

const shortcut = Type.String({
  pattern: '^[a-z0-9][a-z0-9_-]{0,49}$',
  description: 'What an agent types for it; once in a team, and once among everybody’s',
  examples: ['greeting'],
});
const title = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', examples: ['Greeting'] });
const text = Type.String({
  minLength: 1,
  maxLength: 10_000,
  pattern: '\\S',
  description: 'With variables: `{{contact.first_name}}`, or `{{contact.first_name|there}}` with what stands in for it',
  examples: ['Hello {{contact.first_name|there}}, this is {{user.first_name}}.'],
});
const teamId = Nullable(Id('team'));

export const NewCannedResponse = Type.Object(
  { shortcut, title, text, teamId: Type.Optional(teamId) },
  { title: 'NewCannedResponse', additionalProperties: false },
);
export type NewCannedResponse = Static<typeof NewCannedResponse>;

export const CannedResponsePatch = Type.Object(
  {
    shortcut: Type.Optional(shortcut),
    title: Type.Optional(title),
    text: Type.Optional(text),
    teamId: Type.Optional(teamId),
  },
  { title: 'CannedResponsePatch', additionalProperties: false, minProperties: 1 },
);
export type CannedResponsePatch = Static<typeof CannedResponsePatch>;

export const RenderedResponse = Type.Object(
  {
    text: Type.String({ description: 'What is missing stands in it as its variable' }),
    missing: Type.Array(Type.String(), { description: 'Variables without a value and without anything to stand in' }),
  },
  { title: 'RenderedResponse' },
);
export type RenderedResponse = Static<typeof RenderedResponse>;

import Type, { type Static } from 'typebox';
import { Default } from 'typebox/value';
import { OneOf } from '../../kernel/schema.js';

/** What an organization decides for itself; each has a default, so that nothing needs to be set. */
export const OrganizationSettings = Type.Object(
  {
    queueSight: OneOf(['preview', 'whole'] as const, {
      description: "What agents see of their teams' queues until they take from them",
      default: 'preview',
    }),
    managerSight: OneOf(['all', 'team'] as const, {
      description: 'Whether managers see all conversations or those of their teams',
      default: 'all',
    }),
    secondFactor: OneOf(['nobody', 'administrators', 'everybody'] as const, {
      description: 'Who may not work without a second factor',
      default: 'nobody',
    }),
    undoSendSeconds: Type.Integer({
      description: 'How long a message waits before it is sent, and can be taken back',
      minimum: 0,
      maximum: 60,
      default: 0,
    }),
    overloadAt: Type.Integer({
      description: 'Open conversations from which on an agent counts as overloaded',
      minimum: 1,
      maximum: 1_000,
      default: 20,
    }),
    contactKinds: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_-]{0,31}$' }), {
      description: 'What contacts can be; the first is what new ones are',
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      default: ['customer', 'tutor'],
      examples: [['customer', 'tutor']],
    }),
    floodPerMinute: Type.Integer({
      description: 'Messages a minute from one person from which on they no longer move the queue; 0 for no limit',
      minimum: 0,
      maximum: 10_000,
      default: 30,
    }),
    channelFloodPerMinute: Type.Integer({
      description: 'The same for new conversations over one channel; 0 for no limit',
      minimum: 0,
      maximum: 1_000_000,
      default: 0,
    }),
  },
  { title: 'OrganizationSettings', additionalProperties: false },
);
export type OrganizationSettings = Static<typeof OrganizationSettings>;

/** Every setting as it is until somebody sets it. */
// The cast: each property has its default beside it, which a test holds against the schema.
export const defaultOrganizationSettings = Default(OrganizationSettings, {}) as OrganizationSettings;

export const OrganizationSettingsPatch = Type.Partial(OrganizationSettings, {
  title: 'OrganizationSettingsPatch',
  additionalProperties: false,
  minProperties: 1,
});
export type OrganizationSettingsPatch = Static<typeof OrganizationSettingsPatch>;

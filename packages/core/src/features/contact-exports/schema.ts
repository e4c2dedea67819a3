import Type, { type Static } from 'typebox';
import { Id } from '../../kernel/schema.js';

export const ContactExport = Type.Object(
  {
    channelId: Type.Optional(
      Type.String({
        ...Id('channel'),
        description: 'Whose addresses are told; the only channel unless told, none where there are several',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ContactExport = Static<typeof ContactExport>;

import type { ChannelPlugin } from '@tims/core/plugin';

/** The JSON Schema of settings that all have to be given; what TypeBox's `Type.Object` makes, without the dependency. */
export function settings(properties: Record<string, object>): ChannelPlugin['config'] {
  // TypeBox gives the names of the properties their own type; of names that it does not know it says there is one.
  const required = Object.keys(properties) as [string];
  const schema = { type: 'object', properties, required, additionalProperties: false } as const;
  return { '~kind': 'Object', ...schema };
}

import Type, { type TSchema, type TSchemaOptions } from 'typebox';
import { type IdKind, idPattern } from './ids.js';

/** Building blocks of the REST schemas. */
export const Id = (kind: IdKind) => Type.String({ pattern: idPattern(kind) });
export const Nullable = <T extends TSchema>(schema: T, options: TSchemaOptions = {}) =>
  Type.Union([schema, Type.Null()], options);

/** ISO 8601 in UTC, to the millisecond. */
export const Timestamp = Type.String({ format: 'date-time' });

/** One of these strings, as an `enum`. */
export const OneOf = <const T extends readonly string[]>(
  values: T,
  options: TSchemaOptions & { default?: T[number] } = {},
) => Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options });

export function timestamp(ms: number): string;
export function timestamp(ms: number | null): string | null;
export function timestamp(ms: number | null): string | null {
  return ms === null ? null : new Date(Number(ms)).toISOString();
}

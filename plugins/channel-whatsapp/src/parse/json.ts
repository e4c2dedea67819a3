/** Readers for values of unknown shape: each gives what it asks for, or undefined. */
export type Json = Record<string, unknown>;

export function object(value: unknown): Json | undefined {
  // A non-null object that is no array, read from JSON, has string keys and unknown values.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id, also where a number stands for it. Codes, template ids and phone number ids come both ways. */
export function identifier(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return text(value);
}

export function number(value: unknown): number | undefined {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
}

/** When WhatsApp began; nothing it says can be older. */
const earliestSeconds = Date.UTC(2009, 0, 1) / 1000;
const daySeconds = 24 * 60 * 60;

/** Unix seconds, as text or number, in epoch milliseconds; `receivedAt` where they are missing or absurd. */
export function time(value: unknown, receivedAt: number): number {
  const seconds = number(value);
  if (seconds === undefined || seconds < earliestSeconds || seconds > receivedAt / 1000 + daySeconds) return receivedAt;
  return Math.trunc(seconds * 1000);
}

const deepest = 64;

/** A value to be kept as it came, unless it is nested so deeply that writing it as JSON could exhaust the stack. */
export function kept(value: unknown): unknown {
  return fits(value, deepest) ? value : 'nested too deeply to be kept';
}

/** `kept` for what has to be an object. */
export function keptObject(value: Json): Json {
  return fits(value, deepest) ? value : { omitted: 'nested too deeply to be kept' };
}

function fits(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((part) => fits(part, levels - 1));
}

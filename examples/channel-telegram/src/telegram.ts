/**
 * The part of Telegram's Bot API that the channel reads (https://core.telegram.org/bots/api), as shapes: each is a type
 * and the reader that demands it. What comes from outside can be anything, so every field may be missing, and one of
 * the wrong type counts as missing.
 */

/** Gives the value as what it should be; undefined where it is something else. */
type Reader<T> = (value: unknown) => T | undefined;
type Shape<F> = { [K in keyof F]?: F[K] extends Reader<infer T> ? T : never };

const text: Reader<string> = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const number: Reader<number> = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
/** Ids have up to 52 bits, and those of groups are negative. */
const integer: Reader<number> = (value) => (Number.isSafeInteger(value) ? number(value) : undefined);
const list =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value) =>
    Array.isArray(value) ? value.flatMap((element) => read(element) ?? []) : undefined;

function shape<F extends Record<string, Reader<unknown>>>(fields: F): Reader<Shape<F>> {
  const readers = Object.entries(fields);
  return (value) => {
    const given = object(value);
    // Every field was read by its own reader, which is what Shape says.
    return given && (Object.fromEntries(readers.map(([name, read]) => [name, read(given[name])])) as Shape<F>);
  };
}

type Json = Record<string, unknown>;

/** An object nested no deeper than JSON can be written again without exhausting the stack. */
const object: Reader<Json> = (value) => (isObject(value) && fits(value, 64) ? value : undefined);

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => fits(part, levels - 1));
}

const chat = shape({ id: integer, type: text, first_name: text, last_name: text, username: text });
export type Chat = NonNullable<ReturnType<typeof chat>>;

const file = shape({ file_id: text, mime_type: text, file_name: text });
export type File = NonNullable<ReturnType<typeof file>>;

const location = shape({ latitude: number, longitude: number });

const messageFields = shape({
  message_id: integer,
  chat,
  /** Unix seconds, as `edit_date`. */
  date: integer,
  edit_date: integer,
  forward_origin: object,
  reply_to_message: shape({ message_id: integer }),
  text,
  caption: text,
  /** The same picture in several sizes, the largest last. */
  photo: list(file),
  video: file,
  video_note: file,
  animation: file,
  voice: file,
  audio: file,
  document: file,
  sticker: shape({ file_id: text, is_animated: flag, is_video: flag }),
  location,
  venue: shape({ location, title: text, address: text }),
  contact: shape({ phone_number: text, first_name: text, last_name: text }),
});

/** `raw` is the message as it came, for what has no field here. */
export type Message = NonNullable<ReturnType<typeof messageFields>> & { raw: Json };
const message: Reader<Message> = (value) => {
  const [raw, fields] = [object(value), messageFields(value)];
  return raw && fields && { ...fields, raw };
};

const update = shape({
  /** Grows by one with every update of a bot. */
  update_id: integer,
  message,
  edited_message: message,
  message_reaction: shape({
    chat,
    message_id: integer,
    date: integer,
    new_reaction: list(shape({ type: text, emoji: text })),
  }),
  my_chat_member: shape({ chat, date: integer, new_chat_member: shape({ status: text }) }),
});

/** `kind` is the name of the one field beside `update_id`, also of a kind that is not read here. */
export type Update = NonNullable<ReturnType<typeof update>> & { kind: string };

/** What Telegram posts to a webhook: one update. Undefined where it is none. */
export function readUpdate(body: unknown): Update | undefined {
  const fields = update(body);
  if (fields?.update_id === undefined) return undefined;
  return { ...fields, kind: Object.keys(object(body) ?? {}).find((name) => name !== 'update_id') ?? 'nothing' };
}

/** What every method answers: `result` when `ok`, otherwise why not. Undefined where Telegram did not write it. */
export const readAnswer = shape({
  ok: flag,
  /** As much of `Message` and `User` as is used. */
  result: shape({ message_id: integer, first_name: text }),
  error_code: integer,
  description: text,
  /** `retry_after` in seconds. */
  parameters: shape({ retry_after: number }),
});
export type Answer = NonNullable<ReturnType<typeof readAnswer>>;

/** How `fetch` says why there is no answer. */
export const readCause = shape({ code: text });

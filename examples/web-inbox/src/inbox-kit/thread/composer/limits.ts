/** How many characters a channel takes in one message, by its kind; the server knows for certain. */
const limits: Readonly<Record<string, number>> = { whatsapp: 4096 };

/** How many are left; undefined where no limit is known. */
export function roomFor(kind: string, text: string): number | undefined {
  const limit = limits[kind];
  return limit === undefined ? undefined : limit - text.length;
}

/** How long a note can be. */
export const noteLimit = 10_000;

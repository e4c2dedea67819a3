import type { Answer } from '@tims/sdk';

type Part = Answer<'activities.verify'>;

/** All parts of a verification together. */
export type Verification = Omit<Part, 'nextCursor'>;

/** Walks a chain part by part until it ends or is broken. */
export async function verifyAll(next: (cursor: string | undefined) => Promise<Part>): Promise<Verification> {
  let verified = 0;
  for (let cursor: string | undefined; ; ) {
    const { nextCursor, ...part } = await next(cursor);
    verified += part.verified;
    if (nextCursor === null) return { ...part, verified };
    cursor = nextCursor;
  }
}

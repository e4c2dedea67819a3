import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { TimsError } from '../../kernel/errors.js';
import { commitEntries, storeRaw } from './commit.js';
import { keepFailure } from './failures.js';
import type { Entry, Piece } from './piece.js';

export const ingestActor = { type: 'system', id: 'ingest' } as const;

/**
 * Commits a batch. When it fails for a reason of the system, every member is refused and the provider comes again. When
 * it fails for a reason of data, members are tried singly, and only what is itself at fault is put aside.
 */
export async function writePieces(
  installation: Installation,
  organization: string,
  pieces: Piece[],
): Promise<(Error | undefined)[]> {
  try {
    await commit(installation, organization, pieces);
    return pieces.map(() => undefined);
  } catch (error) {
    if (isOfTheSystem(error)) throw refusal(error);
    const outcomes: (Error | undefined)[] = [];
    for (const piece of pieces) outcomes.push(await writeSingly(installation, organization, piece));
    return outcomes;
  }
}

async function writeSingly(installation: Installation, organization: string, piece: Piece): Promise<Error | undefined> {
  try {
    for (const part of apart(piece)) {
      const fault = await attempt(installation, organization, part);
      if (fault) piece.faults.push(fault);
    }
    // A replay's failure is kept already.
    if (piece.faults.length > 0 && !piece.replayed) await putAside(installation, organization, piece);
    return undefined;
  } catch (error) {
    return refusal(error);
  }
}

/** The piece without entries (its raw body), then each entry alone. */
function apart(piece: Piece): Piece[] {
  return [
    { ...piece, entries: [] },
    ...piece.entries.map((entry) => ({ ...piece, storesBody: false, entries: [entry] })),
  ];
}

/** What is wrong with the data, if that is what is wrong; anything else is thrown. */
async function attempt(installation: Installation, organization: string, piece: Piece): Promise<string | undefined> {
  try {
    await commit(installation, organization, [piece]);
    return undefined;
  } catch (error) {
    if (isOfTheSystem(error)) throw error;
    installation.log.warn({ request: piece.requestId, fault: nameOf(error) }, 'an inbound event was put aside');
    return `${piece.entries[0]?.event.kind ?? 'body'}: ${nameOf(error)}`;
  }
}

async function putAside(installation: Installation, organization: string, piece: Piece): Promise<void> {
  await transaction(installation, organization, ingestActor, (ctx) =>
    keepFailure(ctx, {
      organization: piece.bodyOwner,
      kind: piece.kind,
      via: piece.via,
      reason: 'poison',
      detail: piece.faults.join('; '),
      body: piece.body,
      receivedAt: piece.receivedAt,
    }),
  );
}

function commit(installation: Installation, organization: string, pieces: Piece[]): Promise<void> {
  return transaction(installation, organization, ingestActor, async (ctx) => {
    ctx.write(storeRaw(ctx, pieces));
    await commitChannels(ctx, pieces);
  });
}

async function commitChannels(ctx: Context, pieces: Piece[]): Promise<void> {
  const byChannel = new Map<string, Entry[]>();
  for (const entry of pieces.flatMap((piece) => piece.entries)) {
    const entries = byChannel.get(entry.channel.id);
    if (entries) entries.push(entry);
    else byChannel.set(entry.channel.id, [entry]);
  }
  for (const entries of byChannel.values()) await commitEntries(ctx, entries);
}

/** `transaction` turns what the database as a whole cannot do into these; everything else is the data's own fault. */
function isOfTheSystem(error: unknown): boolean {
  return error instanceof TimsError && error.status >= 409;
}

/** Whatever kept the database from it, the provider is to come again: a deadlock that did not end is no 4xx either. */
function refusal(error: unknown): Error {
  if (error instanceof TimsError && error.code === 'conflict') {
    return new TimsError('database_unavailable', undefined, {}, { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** The error without its message: a database's message can quote content. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

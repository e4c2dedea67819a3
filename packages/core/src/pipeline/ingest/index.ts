import { transaction } from '../../database/transaction.js';
import type { KnownChannels } from '../../features/channels/index.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { InboundEvent } from '../../plugin/index.js';
import { createBatcher } from '../batcher.js';
import { keepFailure } from './failures.js';
import { batchLimit, cut, type Piece } from './piece.js';
import { type Astray, demandSignature, pluginOf, routeEvents, type Signer, signerOf } from './route.js';
import { ingestActor, writePieces } from './write.js';

export interface WebhookRequest {
  /** The channel plugin, e.g. `whatsapp`. */
  kind: string;
  /** The channel whose own path was posted to; absent on the installation's path. */
  channelId?: string | undefined;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** What became of a webhook that was taken. */
export interface IngestReport {
  /** Events that were stored or, as duplicates, already stood. */
  accepted: number;
  /** Parts that went to `inbound_failures`, by reason. */
  failed: string[];
}

export interface Ingest {
  /**
   * Takes a webhook; resolves after its commit, and only then may the provider be answered with 200.
   *
   * @throws TimsError `signature_invalid`, `not_found`, `overloaded`, `database_unavailable`
   */
  accept(request: WebhookRequest): Promise<IngestReport>;
  /** Takes a kept body once more, without asking for a signature again; answers with what is still at fault. */
  replay(kept: { kind: string; channelId: string | null; body: Buffer }): Promise<IngestReport>;
  /** Requests that wait for their commit. */
  depth(): number;
  /** Resolves when every request taken so far is answered. */
  drain(): Promise<void>;
}

export function createIngest(installation: Installation): Ingest {
  const batcher = createBatcher<Piece>({
    write: (organization, pieces) => writePieces(installation, organization, pieces),
    weigh: (piece) => Math.max(1, piece.entries.length),
    limit: batchLimit,
  });

  /** Requests that are not answered yet, from their arrival on: what waits for a slow database counts as well. */
  const inHand = new Set<Promise<IngestReport>>();
  let bytesInHand = 0;
  const keep = (work: Promise<IngestReport>, bytes: number): Promise<IngestReport> => {
    const kept = work.finally(() => {
      inHand.delete(kept);
      bytesInHand -= bytes;
    });
    inHand.add(kept);
    bytesInHand += bytes;
    return kept;
  };

  const take = async (
    channels: KnownChannels,
    signer: Signer,
    body: Buffer,
    replayed: boolean,
  ): Promise<IngestReport> => {
    const receivedAt = installation.clock.now();
    const events = readBody(signer, body, receivedAt);
    if (!events) return astray(signer, body, receivedAt, new Set(['malformed_json']), replayed);
    const routed = routeEvents(channels, signer, events, receivedAt);
    const byOrganization = new Map<string, Piece>();
    for (const entry of routed.entries) {
      const piece = byOrganization.get(entry.channel.organization);
      if (piece) piece.entries.push(entry);
      else byOrganization.set(entry.channel.organization, newPiece(signer, body, receivedAt, replayed, entry));
    }
    const pieces = [...byOrganization.values()];
    if (pieces.length > 1) for (const piece of pieces) piece.bodyOwner = null;
    const parts = pieces.flatMap(cut);
    await Promise.all(parts.map((part) => batcher.add(organizationOf(part), part)));
    const { failed } = await astray(signer, body, receivedAt, routed.astray, replayed);
    const poisoned = parts.reduce((sum, part) => sum + part.faults.length, 0);
    return { accepted: routed.entries.length - poisoned, failed: poisoned > 0 ? [...failed, 'poison'] : failed };
  };

  const astray = async (
    signer: Signer,
    body: Buffer,
    receivedAt: number,
    reasons: Set<Astray | 'malformed_json'>,
    replayed: boolean,
  ): Promise<IngestReport> => {
    const failed = [...reasons];
    const [reason] = failed;
    if (reason && !replayed) await keepStray(installation, signer, body, receivedAt, reason);
    return { accepted: 0, failed };
  };

  return {
    depth: () => inHand.size,
    async drain() {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
    async accept({ kind, channelId, headers, body }) {
      const { ingestQueue, ingestBytes } = installation.settings;
      if (inHand.size >= ingestQueue || bytesInHand + body.length > ingestBytes) fail('overloaded');
      const plugin = pluginOf(installation, kind);
      const request = { headers, body };
      // What the installation's secret did not sign costs no look at the database.
      if (channelId === undefined) demandSignature(installation, { plugin }, request);
      const taken = installation.channels.current().then((channels) => {
        const signer = signerOf(channels, plugin, channelId);
        if (signer.own) demandSignature(installation, signer, request);
        return take(channels, signer, body, false);
      });
      return keep(taken, body.length);
    },
    async replay({ kind, channelId, body }) {
      const plugin = pluginOf(installation, kind);
      const taken = installation.channels
        .current()
        .then((channels) => take(channels, signerOf(channels, plugin, channelId ?? undefined), body, true));
      return keep(taken, body.length);
    },
  };
}

function readBody(signer: Signer, body: Buffer, receivedAt: number): InboundEvent[] | undefined {
  try {
    return signer.plugin.parse(JSON.parse(body.toString('utf8')), receivedAt);
  } catch {
    return undefined; // Not JSON: kept raw under that reason.
  }
}

function newPiece(
  signer: Signer,
  body: Buffer,
  receivedAt: number,
  replayed: boolean,
  entry: Piece['entries'][number],
): Piece {
  return {
    requestId: newId('inboundRequest', receivedAt),
    kind: signer.plugin.id,
    bodyOwner: entry.channel.organization,
    body,
    storesBody: true,
    replayed,
    via: signer.own?.id ?? null,
    receivedAt,
    entries: [entry],
    faults: [],
  };
}

function organizationOf({ entries }: Piece): string {
  // A piece is made of its first entry.
  return entries[0]?.channel.organization ?? '';
}

/** A body that belongs to the signer's channel, or, signed by the installation's secret, to nobody. */
async function keepStray(
  installation: Installation,
  signer: Signer,
  body: Buffer,
  receivedAt: number,
  reason: Astray | 'malformed_json',
): Promise<void> {
  const organization = signer.own?.organization ?? null;
  await transaction(installation, organization ?? '', ingestActor, (ctx) =>
    keepFailure(ctx, {
      organization,
      kind: signer.plugin.id,
      via: signer.own?.id ?? null,
      reason,
      detail: sentences[reason],
      body,
      receivedAt,
    }),
  );
}

const sentences: Record<Astray | 'malformed_json', string> = {
  malformed_json: 'The body is not JSON.',
  unknown_shape: 'The body has none of the shapes that the plugin knows.',
  unknown_address: 'No channel has the address that the body names. Connect the channel, then replay.',
  foreign_address: 'The body names a channel that this secret does not speak for.',
};

import { purgeImports } from '../../features/contact-imports/index.js';
import { purgeOlder } from '../../features/notifications/index.js';
import type { Installation } from '../../installation.js';

const chunk = 500;
const day = 24 * 3_600_000;

/** Removes what is only kept for a while, in chunks: a long delete would hold everybody up. */
export async function purge(installation: Installation): Promise<void> {
  const now = installation.clock.now();
  const { rawRetentionMs } = installation.settings;
  await purgeTable(installation, 'inbound_requests', 'key', 'received_at', now - rawRetentionMs);
  // Meta redelivers for up to a week: a message whose status came first may still come.
  await purgeTable(installation, 'pending_updates', 'key', 'received_at', now - 8 * day);
  await purgeTable(installation, 'refresh_tokens', 'hash', 'expires_at', now);
  await purgeTable(installation, 'realtime_tickets', 'hash', 'expires_at', now);
  while (await purgeOlder(installation, now - 90 * day, chunk));
  await purgeImports(installation, now);
  await purgeTable(installation, 'password_resets', 'hash', 'expires_at', now);
  await purgeTable(installation, 'sessions', 'id', 'expires_at', now);
  // A key that ran out is still listed for a while, so that its owner finds out why nothing works any more.
  await purgeTable(installation, 'api_keys', 'id', 'expires_at', now - 31 * day);
  await purgeTable(installation, 'login_failures', 'subject', 'last_at', now - day);
  await purgeKeys(installation, now - 2 * day);
}

async function purgeTable(
  { storage }: Installation,
  table: string,
  key: string,
  time: string,
  before: number,
): Promise<void> {
  for (let full = true; full; ) {
    const rows: Record<string, string | number>[] = await storage
      .reader(table)
      .where(time, '<', before)
      .limit(chunk)
      .select(key);
    const keys = rows.map((row) => row[key] ?? '');
    // The time once more: a session may have been renewed since it was read.
    if (keys.length > 0) await storage.writer(table).whereIn(key, keys).where(time, '<', before).delete();
    full = rows.length === chunk;
  }
}

async function purgeKeys({ storage }: Installation, before: number): Promise<void> {
  const place = ['organization_id', 'actor_id', 'operation', 'key'] as const;
  for (let full = true; full; ) {
    const rows: Record<(typeof place)[number], string>[] = await storage
      .reader('idempotency_keys')
      .where('created_at', '<', before)
      .limit(chunk)
      .select(...place);
    if (rows.length > 0) {
      await storage
        .writer('idempotency_keys')
        .whereIn(
          [...place],
          rows.map((row) => place.map((column) => row[column])),
        )
        .delete();
    }
    full = rows.length === chunk;
  }
}

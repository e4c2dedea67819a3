import type { ContactImport } from '@tims/sdk';
import { useEffect, useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { refused } from '../../inbox-kit/contact/refused.js';
import { Button, serverNow, useServerNow } from '../../inbox-kit/ui.js';
import { Badge } from '../frame/Badge.js';
import { useShowImport } from './use-imports.js';
import { doneOf, importWords, rowCount } from './words.js';

/** After this long without a step, the server may have lost it. */
const stillMs = 60_000;

/** How far an import is, and what it came to. */
export function Progress({ one }: { one: ContactImport }) {
  const done = doneOf(one);
  const share = one.rows === 0 ? 100 : Math.round((done / one.rows) * 100);
  const { text, tone } = importWords[one.state];
  return (
    <section aria-label="How far it is" className="mb-8 rounded-xl border border-border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone}>{text}</Badge>
        <span role="status" className="text-text-muted tabular-nums">
          {one.state === 'done'
            ? `All of ${rowCount(one.rows)}`
            : `${done.toLocaleString('en')} of ${rowCount(one.rows)}`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="Rows that are done"
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-3 h-2 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full rounded-full bg-brand transition-[width] duration-300" style={{ width: `${share}%` }} />
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Figure name="Created" count={one.created} />
        <Figure name="Updated" count={one.updated} />
        <Figure name="Unchanged" count={one.unchanged} />
        <Figure name="At fault" count={one.failed} />
      </dl>
      {one.state === 'running' && <Running one={one} />}
      {one.state === 'done' && one.failed > 0 && (
        <p className="mt-4 max-w-prose text-pretty text-text-muted text-xs leading-4.5">
          Mend the rows at fault in the file and send it again: rows that were imported and have an address are found by
          it, and change nothing the second time. Take out those without an address.
        </p>
      )}
      {one.state === 'cancelled' && (
        <p className="mt-4 text-text-muted text-xs">What was imported before it was stopped stays.</p>
      )}
    </section>
  );
}

function Running({ one }: { one: ContactImport }) {
  const { tims } = useAppInbox();
  const show = useShowImport();
  const now = useServerNow();
  const [moved, setMoved] = useState({ version: one.version, at: serverNow() });
  const [busy, setBusy] = useState(false);
  useEffect(() => setMoved({ version: one.version, at: serverNow() }), [one.version]);

  async function goOn(): Promise<void> {
    setBusy(true);
    try {
      show(await tims.contactImports.start({ id: one.id }));
      setMoved({ version: one.version, at: serverNow() });
    } catch (error) {
      refused('It could not go on', error);
    }
    setBusy(false);
  }

  if (now - moved.at < stillMs) {
    return <p className="mt-4 text-text-muted text-xs">It goes on in the server; you can leave this page.</p>;
  }
  return (
    <div role="alert" className="mt-4 flex flex-wrap items-center gap-3 text-warning text-xs">
      It has not moved for a minute. It goes on by itself, or at once if you ask for it; nothing is imported twice.
      <Button size="sm" busy={busy} onClick={() => void goOn()}>
        Go on now
      </Button>
    </div>
  );
}

function Figure({ name, count }: { name: string; count: number }) {
  return (
    <div>
      <dt className="text-text-muted text-xs">{name}</dt>
      <dd className="font-semibold text-lg tabular-nums">{count.toLocaleString('en')}</dd>
    </div>
  );
}

import type { Conversation, FollowUp } from '@tims/sdk';
import { AlarmClock } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useId, useState } from 'react';
import { useInbox } from '../../inbox.js';
import { Button, serverNow } from '../../ui.js';
import { OpenFollowUps } from './OpenFollowUps.js';
import { dueLabel, timeChoices, toSend, type WallTime, wallTime, zoneOf } from './times.js';
import { useFollowUps } from './use-follow-ups.js';

export interface FollowUpMenuProps {
  conversation: Conversation;
  followUps: readonly FollowUp[];
  /** The conversation can wait until then. */
  mayPend: boolean;
  open: boolean;
  onOpenChange(open: boolean): void;
  /** What it hangs on. */
  children: ReactNode;
}

/** Lets the conversation come back at a time, and shows when it does. */
export function FollowUpMenu({ open, onOpenChange, children, ...rest }: FollowUpMenuProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      {children}
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Follow-ups"
          onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
          className="z-50 max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1rem)] animate-rise overflow-y-auto overscroll-contain rounded-xl border border-border bg-surface-raised p-3 shadow-raised outline-none"
        >
          <Choices {...rest} onDone={() => onOpenChange(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

type ChoicesProps = Omit<FollowUpMenuProps, 'open' | 'onOpenChange' | 'children'> & { onDone(): void };

function Choices({ conversation, followUps, mayPend, onDone }: ChoicesProps) {
  const { me } = useInbox();
  const actions = useFollowUps(conversation.id);
  const pickedId = useId();
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [picked, setPicked] = useState<WallTime>('');
  const [busy, setBusy] = useState(false);
  const now = wallTime(serverNow(), zoneOf(me));

  async function remind(at: WallTime): Promise<void> {
    setBusy(true);
    const said = text.trim();
    const done = await actions.add({
      dueAt: toSend(at, me),
      ...(said === '' ? {} : { text: said }),
      ...(pending ? { pending } : {}),
    });
    setBusy(false);
    if (done) onDone();
  }

  return (
    <>
      <OpenFollowUps followUps={followUps} actions={actions} now={now} />
      <h3 className="mb-2 font-semibold text-sm">Remind me</h3>
      <input
        aria-label="What it is about"
        placeholder="What it is about (optional)"
        value={text}
        maxLength={500}
        onChange={({ target }) => setText(target.value)}
        className="mb-2 h-9 w-full rounded-lg border border-border-strong bg-surface px-2.5 text-sm max-sm:text-base"
      />
      {mayPend && (
        <label className="mb-2 flex items-center gap-2 text-xs pointer-coarse:min-h-9">
          <input
            type="checkbox"
            checked={pending}
            onChange={({ target }) => setPending(target.checked)}
            className="size-4 accent-(--accent)"
          />
          Set it to pending until then, or until the customer writes
        </label>
      )}
      <ul className="space-y-0.5">
        {timeChoices(now).map(({ id, label, at }) => (
          <li key={id}>
            <button
              type="button"
              disabled={busy}
              onClick={() => void remind(at)}
              className="flex min-h-9 w-full items-center gap-2.5 rounded-lg px-2 text-start text-sm hover:bg-hover pointer-coarse:min-h-11"
            >
              <AlarmClock aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
              <span className="flex-1">{label}</span>
              <span className="text-text-muted text-xs">{dueLabel(at, now)}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        className="mt-2 border-border border-t pt-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (picked > now) void remind(picked);
        }}
      >
        <label htmlFor={pickedId} className="mb-1 block text-text-muted text-xs">
          Another time ({zoneOf(me).replaceAll('_', ' ')})
        </label>
        <div className="flex gap-2">
          <input
            id={pickedId}
            type="datetime-local"
            value={picked}
            min={now}
            onChange={({ target }) => setPicked(target.value)}
            className="h-9 min-w-0 flex-1 rounded-lg border border-border-strong bg-surface px-2 text-sm max-sm:text-base"
          />
          <Button type="submit" variant="primary" disabled={!(picked > now)} busy={busy}>
            Set
          </Button>
        </div>
        {picked !== '' && !(picked > now) && (
          <p role="alert" className="mt-1 text-danger text-xs">
            That time is over; choose a later one.
          </p>
        )}
      </form>
    </>
  );
}

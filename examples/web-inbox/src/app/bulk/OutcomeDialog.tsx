import { CircleCheck, CircleX } from 'lucide-react';
import { Button } from '../../inbox-kit/ui.js';
import { Dialog } from '../Dialog.js';
import type { Outcome } from './outcome.js';

export interface OutcomeDialogProps {
  outcome: Outcome;
  onClose(): void;
}

/** So many names are told for each reason. */
const named = 8;

/** What was done, and what was not and why. */
export default function OutcomeDialog({ outcome: { done, refusals, names }, onClose }: OutcomeDialogProps) {
  const nameOf = (id: string) => names.get(id) ?? 'A conversation';
  const refused = refusals.reduce((sum, { ids }) => sum + ids.length, 0);
  return (
    <Dialog title={`${done ?? 'Nothing changed'}, ${refused.toLocaleString()} refused`} onClose={onClose}>
      {done !== undefined && (
        <p className="mb-3 flex items-center gap-2 text-text-muted">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
          {done}. Those refused stay selected.
        </p>
      )}
      <ul className="space-y-3">
        {refusals.map(({ why, ids }) => (
          <li key={why} className="flex gap-2">
            <CircleX aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
            <div className="min-w-0">
              <p className="break-words font-medium">
                {why}
                <span className="font-normal text-text-muted"> · {ids.length.toLocaleString()}</span>
              </p>
              <p dir="auto" className="break-words text-text-muted text-xs">
                {ids.slice(0, named).map(nameOf).join(', ')}
                {ids.length > named && ` and ${(ids.length - named).toLocaleString()} more`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <Button variant="primary" className="mt-5 w-full" onClick={onClose}>
        All right
      </Button>
    </Dialog>
  );
}

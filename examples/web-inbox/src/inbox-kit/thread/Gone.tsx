import type { Conversation } from '@tims/sdk';
import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useInbox } from '../inbox.js';
import { Button, EmptyState } from '../ui.js';
import { CopyButton } from './CopyButton.js';
import { draftKey, readDraft } from './composer/drafts.js';
import { contactName } from './names.js';

export interface GoneProps {
  id: string;
  known: Conversation | undefined;
  /** Who has it now, where that is known. */
  handedTo: string | undefined;
  onRetry(): void;
  onClose(): void;
}

/** The conversation went out of sight: who has it, and what was being written. */
export function Gone({ id, known, handedTo, onRetry, onClose }: GoneProps) {
  const { me } = useInbox();
  const [draft] = useState(() => readDraft(draftKey(me.id, id)));
  const name = known && contactName(known.contact);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div role="status" className="min-h-0 flex-1 overflow-y-auto">
        <EmptyState
          icon={EyeOff}
          title={name === undefined ? 'You cannot see this conversation' : `The conversation with ${name} has moved on`}
          action={
            <div className="flex justify-center gap-2">
              <Button onClick={onClose}>Back to the list</Button>
              <Button variant="ghost" onClick={onRetry}>
                Look again
              </Button>
            </div>
          }
        >
          {why(name !== undefined, handedTo)}
        </EmptyState>
      </div>
      {draft.text !== '' && (
        <section aria-label="Your draft" className="m-3 rounded-2xl border border-border bg-background p-3.5">
          <div className="flex items-center justify-between gap-3">
            <h3 className="font-semibold">Your draft is kept</h3>
            <CopyButton text={draft.text} label="Copy the draft" />
          </div>
          <p
            dir="auto"
            className="mt-1 max-h-40 overflow-y-auto whitespace-pre-wrap text-text-muted [overflow-wrap:anywhere]"
          >
            {draft.text}
          </p>
        </section>
      )}
    </div>
  );
}

function why(seen: boolean, handedTo: string | undefined): string {
  if (handedTo !== undefined) return `It is with ${handedTo} now. It comes back here if it is given to you.`;
  if (seen) return 'Somebody else has it now, or it went to another team. It comes back here if it is given to you.';
  return 'It does not exist, or somebody else has it. Ask a manager if it should be yours.';
}

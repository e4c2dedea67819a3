import { CircleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useAnnouncement } from '../inbox-kit/announce.js';
import { dismiss, type ShownToast, useToasts } from '../inbox-kit/toasts.js';
import { Button } from '../inbox-kit/ui.js';

const stay = 6_000;
const stayWithAction = 10_000;

/** Short words on what happened. The region is always there, as readers follow only what changes in one they know. */
export function Toaster() {
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-14 z-50 flex flex-col items-center gap-2 p-4 sm:items-end"
    >
      {useToasts().map((toast) => (
        <Notice key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function Notice({ toast: { id, title, description, action, tone } }: { toast: ShownToast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), action ? stayWithAction : stay);
    return () => clearTimeout(timer);
  }, [id, action]);
  return (
    <div className="pointer-events-auto flex w-full max-w-sm animate-rise items-start gap-3 rounded-xl border border-border bg-surface-raised p-3 pl-4 shadow-raised">
      {tone === 'danger' && <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />}
      <div className="min-w-0 grow">
        <p className="font-medium">{title}</p>
        {description !== undefined && <p className="text-text-muted text-xs">{description}</p>}
      </div>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button variant="ghost" size="sm" className="px-1" aria-label="Dismiss" onClick={() => dismiss(id)}>
        <X aria-hidden="true" className="size-4" />
      </Button>
    </div>
  );
}

/** What is told to those who listen to the page. */
export function LiveRegion() {
  return (
    <div aria-live="polite" className="sr-only">
      {useAnnouncement()}
    </div>
  );
}

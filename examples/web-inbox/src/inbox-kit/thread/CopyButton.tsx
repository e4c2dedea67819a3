import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from '../ui.js';

/** Copies a text, and says that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toast({ title: 'It could not be copied', description: 'The browser does not allow it here.', tone: 'danger' });
    }
  }

  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={copied ? 'Copied' : label}
      title={copied ? 'Copied' : label}
      onClick={() => void copy()}
      className="flex size-8 shrink-0 items-center justify-center rounded-lg text-text-muted hover:bg-hover hover:text-text"
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}

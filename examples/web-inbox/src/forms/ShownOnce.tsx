import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { Button, toast } from '../inbox-kit/ui.js';
import { download } from './download.js';

export interface ShownOnceProps {
  /** What it is: "API key". */
  label: string;
  lines: readonly string[];
  /** Offers to keep it as a file of this name. */
  file?: string | undefined;
}

/** Something that is shown this once: to be copied, or kept as a file. */
export function ShownOnce({ label, lines, file }: ShownOnceProps) {
  const [copied, setCopied] = useState(false);
  const text = lines.join('\n');

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toast({
        title: 'It could not be copied',
        description: 'The browser does not allow it here. Mark the text and copy it yourself.',
        tone: 'danger',
      });
    }
  }

  return (
    <div className="rounded-xl border border-border bg-background p-4">
      <ul
        aria-label={label}
        className="select-all break-all font-mono text-sm leading-7 [&:has(li+li)]:grid [&:has(li+li)]:gap-x-6 sm:[&:has(li+li)]:grid-cols-2"
      >
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => void copy()}>
          {copied ? (
            <Check aria-hidden="true" className="size-3.5" />
          ) : (
            <Copy aria-hidden="true" className="size-3.5" />
          )}
          {copied ? 'Copied' : 'Copy'}
        </Button>
        {file !== undefined && (
          <Button size="sm" onClick={() => download(file, `${text}\n`, 'text/plain')}>
            <Download aria-hidden="true" className="size-3.5" />
            Download
          </Button>
        )}
        <span role="status" className="sr-only">
          {copied ? `${label}: copied` : ''}
        </span>
      </div>
    </div>
  );
}

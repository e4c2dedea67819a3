import { useState } from 'react';
import { Check } from '../../forms/inputs.js';
import { cx } from '../../inbox-kit/class-names.js';
import { type Part, partsOf } from './variables.js';

const marks: Readonly<Record<Part['kind'], string>> = {
  text: '',
  filled: 'rounded bg-accent-soft px-0.5 text-accent',
  fallback: 'rounded bg-success-soft px-0.5 text-success',
  missing: 'rounded bg-warning-soft px-0.5 text-warning',
  unknown: 'rounded bg-danger-soft px-0.5 text-danger',
};

/** How the text reads, for a customer of whom something is known or nothing. */
export function Preview({ text }: { text: string }) {
  const [known, setKnown] = useState(true);
  const parts = partsOf(text, known);
  const lacking = [...new Set(partsOf(text, false).flatMap((part) => (part.kind === 'missing' ? [part.name] : [])))];
  const unknown = parts.some(({ kind }) => kind === 'unknown');
  return (
    <section aria-label="Preview" className="rounded-lg border border-border bg-background p-3">
      <div className="flex flex-wrap items-center justify-between gap-2 text-xs">
        <h3 className="font-medium">Preview</h3>
        <Check compact checked={!known} onChecked={(nothing) => setKnown(!nothing)}>
          Of a customer without a name
        </Check>
      </div>
      <p dir="auto" className="mt-1 whitespace-pre-wrap break-words leading-6">
        {text === '' ? <span className="text-text-muted">What you write is shown here.</span> : parts.map(drawn)}
      </p>
      <div role="status" className="mt-2 text-xs empty:hidden">
        {unknown && <p className="text-danger">There is no such variable as the one in red.</p>}
        {!unknown && lacking.length > 0 && (
          <p className="text-warning">
            Where it is not known, nothing stands in for {lacking.join(', ')}, and the agent is told before sending.
            Write <code>{`{{${lacking[0] ?? ''}|there}}`}</code> to have “there” in its place.
          </p>
        )}
      </div>
    </section>
  );
}

function drawn(part: Part, index: number) {
  return (
    <span key={index} className={cx(marks[part.kind])}>
      {part.text}
    </span>
  );
}

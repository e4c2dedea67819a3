import { useQuery } from '@tanstack/react-query';
import type { Contact, ContactAttribute } from '@tims/sdk';
import { ExternalLink } from 'lucide-react';
import { useInbox } from '../inbox.js';
import { InlineCheck, InlineChoice } from './InlineChoice.js';
import { InlineText } from './InlineText.js';
import { type ContactField, type ContactValue, useSaveField } from './use-contact-changes.js';

/** What the organization writes down of people, each in a field of its type. */
export function Attributes({ contact, mayWrite }: { contact: Contact; mayWrite: boolean }) {
  const { tims } = useInbox();
  const { data = [] } = useQuery({
    queryKey: ['contact-attributes'],
    queryFn: async () => (await tims.contactAttributes.list()).data,
    staleTime: 60_000,
    retry: false,
  });
  const shown = mayWrite ? data : data.filter(({ key }) => contact.attributes[key] !== undefined);
  if (shown.length === 0) return null;
  return (
    <section aria-label="Details" className="border-border border-t px-4 py-4">
      <h3 className="mb-1.5 font-semibold text-text-muted text-xs">Details</h3>
      <dl className="space-y-0.5">
        {shown.map((attribute) => (
          <div key={attribute.key} className="flex items-start gap-1.5">
            <dt className="w-24 shrink-0 py-1 text-text-muted text-xs leading-5 [overflow-wrap:anywhere] pointer-coarse:py-3">
              <bdi>{attribute.name}</bdi>
            </dt>
            <dd className="flex min-w-0 flex-1 items-start gap-1">
              {mayWrite ? (
                <Editable contact={contact} attribute={attribute} />
              ) : (
                <bdi className="min-w-0 px-1.5 py-1 leading-5 [overflow-wrap:anywhere]">
                  {wordOf(contact.attributes[attribute.key])}
                </bdi>
              )}
              <Leading attribute={attribute} value={contact.attributes[attribute.key]} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Editable({ contact, attribute }: { contact: Contact; attribute: ContactAttribute }) {
  const saveField = useSaveField(contact.id);
  const { key, name, type, options } = attribute;
  const field: ContactField = {
    label: name,
    of: ({ attributes }) => attributes[key] ?? null,
    patch: (value) => ({ attributes: { [key]: value } }),
  };
  const save = (value: ContactValue, began: ContactValue) => saveField(field, value, began);
  const value = field.of(contact);
  if (type === 'boolean') {
    return <InlineCheck label={name} value={typeof value === 'boolean' ? value : null} save={save} />;
  }
  if (type === 'select') {
    return (
      <InlineChoice label={name} value={value === null ? null : String(value)} options={options} optional save={save} />
    );
  }
  return (
    <InlineText
      label={name}
      value={value}
      empty="Not set"
      type={type === 'number' ? 'text' : type}
      inputMode={type === 'number' ? 'decimal' : undefined}
      maxLength={1_000}
      read={(text) => (text === '' ? { value: null } : type === 'number' ? numberOf(text) : { value: text })}
      save={save}
    />
  );
}

function numberOf(text: string): { value: number } | { fault: string } {
  const value = Number(text);
  return Number.isFinite(value) ? { value } : { fault: 'Write a number, such as 1250.50.' };
}

/** The way to where an address leads. */
function Leading({
  attribute: { type, name },
  value,
}: {
  attribute: ContactAttribute;
  value: ContactValue | undefined;
}) {
  if (type !== 'url' || typeof value !== 'string' || !/^https?:\/\//i.test(value)) return null;
  return (
    <a
      href={value}
      target="_blank"
      rel="noreferrer noopener"
      aria-label={`Open ${name}`}
      title={`Open ${name}`}
      className="flex size-7 shrink-0 items-center justify-center rounded-md text-text-muted hover:bg-hover hover:text-text pointer-coarse:size-11"
    >
      <ExternalLink aria-hidden="true" className="size-3.5" />
    </a>
  );
}

function wordOf(value: ContactValue | undefined): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value ?? '');
}

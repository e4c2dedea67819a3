import { useQuery } from '@tanstack/react-query';
import type { Erasure } from '@tims/sdk';
import { AlertDialog } from 'radix-ui';
import { errorText } from '../error-text.js';
import { useInbox } from '../inbox.js';
import { Button, Spinner } from '../ui.js';

/** How far an erasure is, and how much of what went. */
export function ErasureReport({ begun, onClose }: { begun: Erasure; onClose(): void }) {
  const { tims } = useInbox();
  const { data, error } = useQuery({
    queryKey: ['erasure', begun.id],
    queryFn: () => tims.erasures.get({ id: begun.id }),
    initialData: begun,
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : 1_000),
    retry: false,
  });
  const done = data.state === 'done';
  const names = Object.keys(things) as (keyof Erasure['report'])[]; // its own keys
  const rows = names.filter((name) => data.report[name] > 0);
  return (
    <>
      <AlertDialog.Title className="font-semibold text-lg">
        {done ? 'They are erased' : 'They are being erased'}
      </AlertDialog.Title>
      <AlertDialog.Description asChild>
        <p className="mt-2 text-pretty text-text-muted">
          {done
            ? 'This is what went. The activity log says who erased them and when; of them it keeps an id alone.'
            : 'Who they are is gone already. The rest goes on in the server; you can close this.'}
        </p>
      </AlertDialog.Description>
      <dl className="mt-4 divide-y divide-border rounded-xl border border-border px-3">
        {rows.map((name) => (
          <div key={name} className="flex items-baseline justify-between gap-4 py-1.5">
            <dt className="min-w-0">{things[name]}</dt>
            <dd className="font-medium tabular-nums">{data.report[name].toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {error !== null && !done && (
        <p role="alert" className="mt-3 text-danger text-xs">
          {errorText(error).title}. The erasure goes on; how far it is, is asked for again.
        </p>
      )}
      <footer className="mt-6 flex items-center justify-between gap-4">
        <span role="status" className="flex items-center gap-2 text-text-muted text-xs">
          {!done && <Spinner />}
          {done ? 'Done' : 'Going on'}
        </span>
        <Button autoFocus variant={done ? 'primary' : 'secondary'} onClick={onClose}>
          Close
        </Button>
      </footer>
    </>
  );
}

/** What each number of the report is of, in the order in which it goes. */
const things: Readonly<Record<keyof Erasure['report'], string>> = {
  contacts: 'Contacts',
  identities: 'Identities with their names',
  keys: 'Addresses',
  contactTags: 'Tags of the contact',
  conversations: 'Conversations, ended',
  messages: 'Messages, emptied',
  mediaReferences: 'Of them with a file',
  reactions: 'Reactions',
  unsent: 'Messages that are not sent any more',
  notes: 'Notes',
  drafts: 'Drafts',
  followUps: 'Follow-ups',
  searchDocuments: 'Places in the search',
  rawBodies: 'Kept webhooks',
  failures: 'Webhooks that were put aside',
  pendingUpdates: 'Updates that waited',
  notices: 'Notices of the provider',
  importRows: 'Rows of imported files',
  merges: 'Ways back from links',
  answers: 'Kept answers',
  jobs: 'Jobs',
};

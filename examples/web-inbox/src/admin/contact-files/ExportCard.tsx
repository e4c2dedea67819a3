import { Download } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { download } from '../../forms/download.js';
import { Failure } from '../../forms/Failure.js';
import { refusalOf } from '../../forms/faults.js';
import { SelectField } from '../../forms/inputs.js';
import type { ErrorText } from '../../inbox-kit/error-text.js';
import { Button } from '../../inbox-kit/ui.js';
import { useChannelList } from './use-channel-list.js';

/** All contacts, in a file. */
export function ExportCard() {
  const { tims } = useAppInbox();
  const channels = useChannelList();
  const [channelId, setChannel] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText>();

  async function save(): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      const csv = await tims.contacts.export(channelId === '' ? {} : { channelId }, { timeoutMs: 300_000 });
      download('contacts.csv', csv, 'text/csv');
    } catch (error) {
      setFailure(refusalOf(error, {}).failure);
    }
    setBusy(false);
  }

  return (
    <section aria-labelledby="export-heading" className="mt-10">
      <h2 id="export-heading" className="font-semibold text-base">
        Export
      </h2>
      <p className="mt-1 mb-4 max-w-prose text-pretty text-text-muted">
        All contacts in one CSV file, with their tags and details. It can be imported again as it is. Whom somebody
        linked to another contact, or erased, is left out.
      </p>
      <Failure failure={failure} className="mb-3" />
      <div className="flex flex-wrap items-end gap-3">
        {channels.length > 1 && (
          <div className="min-w-56">
            <SelectField
              name="channelId"
              label="Addresses of"
              value={channelId}
              onValue={setChannel}
              fault={undefined}
              choices={[
                { value: '', label: 'No channel: without addresses' },
                ...channels.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </div>
        )}
        <Button busy={busy} onClick={() => void save()} className="pointer-coarse:h-11">
          <Download aria-hidden="true" className="size-4" /> Download all contacts
        </Button>
      </div>
    </section>
  );
}

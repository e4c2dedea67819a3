import { useQuery } from '@tanstack/react-query';
import type { ContactImport } from '@tims/sdk';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Failure } from '../../forms/Failure.js';
import { controlClass, Fault } from '../../forms/Field.js';
import { Choices, SelectField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import { Button, cx } from '../../inbox-kit/ui.js';
import { changedColumns, columnFaults, fieldChoices, leftOut } from './fields.js';
import { useChannelList } from './use-channel-list.js';
import { useImportRows, useShowImport } from './use-imports.js';
import { rowCount } from './words.js';

const samples = 3;

/** What the columns of a file hold: as it was found, to be mended, before anything is imported. */
export function Columns({ staged }: { staged: ContactImport }) {
  const { tims } = useAppInbox();
  const show = useShowImport();
  const [tried, setTried] = useState(false);
  const channels = useChannelList();
  const { data: attributes = [] } = useQuery({
    queryKey: ['contact-attributes'],
    queryFn: async () => (await tims.contactAttributes.list()).data,
    staleTime: 60_000,
  });
  const sample = useImportRows(staged.id, undefined, samples).data?.pages[0]?.data ?? [];
  const form = useForm({
    initial: {
      columns: staged.columns.map(({ field }) => field ?? ''),
      channelId: staged.channelId ?? '',
      existing: staged.existing as string,
    },
    check: ({ columns, channelId }) => ({
      columns: faultOf(columnFaults(staged.columns, columns), columns),
      channelId:
        columns.includes('address') && channelId === '' && channels.length > 1
          ? 'Choose the channel over which they are written to.'
          : undefined,
    }),
    places: { import_columns_unclear: 'columns' },
    send: ({ columns, channelId, existing }, options) =>
      tims.contactImports.start(
        {
          id: staged.id,
          columns: changedColumns(staged.columns, columns),
          existing: existing === 'refuse' ? 'refuse' : 'update',
          ...(columns.includes('address') && channelId !== '' ? { channelId } : {}),
        },
        options,
      ),
    onDone: show,
  });
  const { columns } = form.values;
  const whole = form.field('columns');
  // What is not said yet is no fault before somebody goes on without it.
  const faults = columnFaults(staged.columns, columns).map((fault, at) =>
    columns[at] === '' && !tried ? undefined : fault,
  );
  const choices = fieldChoices(attributes);
  const unclear = staged.columns.filter((_column, index) => columns[index] === '').length;
  const set = (index: number, field: string) => whole.onValue(columns.map((one, at) => (at === index ? field : one)));

  return (
    <form
      ref={form.element}
      noValidate
      aria-label="What the columns hold"
      onSubmit={(event) => {
        setTried(true);
        form.submit(event);
      }}
    >
      <Failure failure={form.failure} className="mb-4" />
      <h2 className="font-semibold text-base">What the columns hold</h2>
      <p className="mt-1 mb-4 max-w-prose text-pretty text-text-muted">
        {unclear === 0
          ? 'Look whether this is right. Nothing was imported yet.'
          : `${unclear === 1 ? 'One column is not clear: say what it holds.' : `${unclear} columns are not clear: say what they hold.`} Nothing was imported yet.`}
      </p>
      <ul className="overflow-hidden rounded-xl border border-border bg-surface">
        {staged.columns.map(({ column }, index) => (
          <li
            key={column}
            className="grid gap-x-6 gap-y-2 border-border border-b px-4 py-3 last:border-0 sm:grid-cols-2 sm:items-center"
          >
            <div className="min-w-0">
              <bdi className="block font-medium [overflow-wrap:anywhere]">{column}</bdi>
              <span dir="auto" className="block truncate text-text-muted text-xs">
                {sample
                  .map(({ cells }) => cells[index])
                  .filter(Boolean)
                  .join(' · ') || 'Empty in the first rows'}
              </span>
            </div>
            <div className="min-w-0">
              <select
                aria-label={`What “${column}” holds`}
                aria-invalid={faults[index] === undefined ? undefined : true}
                aria-describedby={faults[index] === undefined ? undefined : `column-${index}`}
                value={columns[index] ?? ''}
                onChange={({ target }) => set(index, target.value)}
                className={cx(controlClass, 'h-9 pointer-coarse:h-11', columns[index] === leftOut && 'text-text-muted')}
              >
                <Choices choices={known(choices, columns[index])} />
              </select>
              {faults[index] !== undefined && <Fault id={`column-${index}`} text={faults[index]} className="mt-1" />}
            </div>
          </li>
        ))}
      </ul>
      {whole.fault !== undefined && faults.every((fault) => fault === undefined) && (
        <div role="alert">
          <Fault text={whole.fault} className="mt-2" />
        </div>
      )}
      <div className="mt-5 grid gap-4 sm:max-w-xl">
        {columns.includes('address') && channels.length > 1 && (
          <SelectField
            {...form.field('channelId')}
            label="The addresses are of"
            choices={[
              { value: '', label: 'Choose a channel…' },
              ...channels.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <SelectField
          {...form.field('existing')}
          label="Where the contact is there already"
          hint="A row finds its contact by its ID, else by its address."
          choices={[
            { value: 'update', label: 'Change it; an empty cell says nothing' },
            { value: 'refuse', label: 'Report the row, and leave the contact as it is' },
          ]}
        />
      </div>
      <Button type="submit" variant="primary" busy={form.busy} className="mt-6 pointer-coarse:h-11">
        Import {rowCount(staged.rows - staged.failed)}
      </Button>
    </form>
  );
}

function faultOf(faults: readonly (string | undefined)[], fields: readonly string[]): string | undefined {
  if (fields.every((field) => field === leftOut))
    return 'Every column is left out. Say what at least one of them holds.';
  return faults.find((fault) => fault !== undefined);
}

/** A field that the page does not know yet, such as a new attribute, stays chosen. */
function known(choices: ReturnType<typeof fieldChoices>, field: string | undefined) {
  if (field === undefined || choices.some(({ value }) => value === field)) return choices;
  return [...choices, { value: field, label: field }];
}

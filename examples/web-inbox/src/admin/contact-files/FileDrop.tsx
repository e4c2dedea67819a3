import { isTimsError } from '@tims/sdk';
import { FileSpreadsheet } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { navigate } from '../../app/router.js';
import { Failure } from '../../forms/Failure.js';
import { refusalOf } from '../../forms/faults.js';
import type { ErrorText } from '../../inbox-kit/error-text.js';
import { Button, cx } from '../../inbox-kit/ui.js';
import { pathOfImport } from './path.js';
import { useShowImport } from './use-imports.js';

/** What the server takes at most. */
const mostBytes = 16 * 1024 * 1024;

/** Where a file is chosen or dropped. It is sent and looked at; nothing is imported by that. */
export function FileDrop() {
  const { tims } = useAppInbox();
  const show = useShowImport();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<string>();
  const [failed, setFailed] = useState<{ file: File | undefined; failure: ErrorText }>();
  const key = useRef({ file: undefined as File | undefined, text: '' });

  async function send(file: File): Promise<void> {
    const fault = faultOf(file);
    if (fault) {
      setFailed({ file: undefined, failure: fault });
      return;
    }
    // The same file once more after an answer that was lost is the same import.
    if (key.current.file !== file)
      key.current = { file, text: `import-${Date.now()}-${Math.random().toString(36).slice(2)}` };
    setSending(file.name);
    setFailed(undefined);
    try {
      const staged = await tims.contactImports.create(
        { csv: file, ...(file.name === '' ? {} : { fileName: file.name.slice(0, 200) }) },
        { timeoutMs: 120_000, idempotencyKey: key.current.text },
      );
      show(staged);
      navigate(pathOfImport(staged.id));
    } catch (error) {
      setFailed({ file, failure: failureOf(error) });
      key.current = isAnswered(error) ? { file: undefined, text: '' } : key.current;
    }
    setSending(undefined);
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const { files } = event.dataTransfer;
    const [file] = files;
    if (!file || sending !== undefined) return;
    if (files.length > 1) setFailed({ file: undefined, failure: several });
    else void send(file);
  }

  return (
    <div>
      {failed && (
        <div className="mb-3">
          <Failure failure={failed.failure} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'flex flex-col items-center gap-3 rounded-xl border border-dashed px-4 py-8 text-center transition-colors',
          over ? 'border-accent bg-accent-soft' : 'border-border-strong bg-surface',
        )}
      >
        <FileSpreadsheet aria-hidden="true" className="size-7 text-text-muted" />
        <div>
          <p className="font-medium">{sending === undefined ? 'Drop a CSV file here' : `Sending ${sending}`}</p>
          <p className="mt-1 max-w-prose text-pretty text-text-muted text-xs leading-4.5">
            As a spreadsheet saves it with “CSV UTF-8”, with a heading for each column. Up to 10,000 rows and 16 MB.
            Nothing is imported before you have seen what its columns are taken for.
          </p>
        </div>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-label="CSV file"
          tabIndex={-1}
          className="sr-only"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            // The same file can be chosen again once it is mended.
            target.value = '';
            if (file) void send(file);
          }}
        />
        <div className="flex flex-wrap justify-center gap-2">
          <Button variant="primary" busy={sending !== undefined} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          {failed?.file && sending === undefined && (
            <Button onClick={() => failed.file && void send(failed.file)}>
              Send {shortened(failed.file.name)} again
            </Button>
          )}
        </div>
      </div>
      <p role="status" className="sr-only">
        {sending === undefined ? '' : `Sending ${sending}`}
      </p>
    </div>
  );
}

function faultOf({ name, size }: File): ErrorText | undefined {
  if (/\.(xlsx?|ods|numbers)$/i.test(name)) {
    return {
      title: `${name} is a spreadsheet, and no CSV file`,
      help: 'Open it and save it as “CSV UTF-8”, then choose that file.',
    };
  }
  if (size === 0) return { title: `${name} is empty`, help: 'Choose a file with a heading and at least one row.' };
  if (size <= mostBytes) return undefined;
  return { title: `${name} is larger than 16 MB`, help: 'Send it in parts, each with the heading.' };
}

const several: ErrorText = {
  title: 'That were several files',
  help: 'Drop one of them; each is an import of its own.',
};

function failureOf(error: unknown): ErrorText {
  const { failure } = refusalOf(error, {});
  if (failure && (isTimsError(error, 'network_error') || isTimsError(error, 'timeout'))) {
    // So it is, too, for a file that was changed since it was chosen.
    return { ...failure, help: 'Send it again when you are connected, or choose it anew. It is taken in once.' };
  }
  return failure ?? { title: 'The file could not be sent', help: 'Try again.' };
}

/** The server has decided: the next try is a new one. */
function isAnswered(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && Number(error.status) < 500;
}

function shortened(name: string): string {
  return name.length > 32 ? `${name.slice(0, 29)}…` : name;
}

import { Button } from '../../inbox-kit/ui.js';

export interface OvertakenNoticeProps {
  /** What the settings are called. */
  names: readonly string[];
  onTakeTheirs(): void;
  onKeepMine(): void;
}

/** Somebody else saved what the reader is changing: nobody overwrites the other without knowing. */
export function OvertakenNotice({ names, onTakeTheirs, onKeepMine }: OvertakenNoticeProps) {
  return (
    <div role="alert" className="mb-5 flex flex-wrap items-center gap-3 rounded-lg bg-warning-soft p-4 text-warning">
      <p className="min-w-60 grow text-pretty">
        <strong className="font-medium">A colleague has changed the same meanwhile:</strong> {names.join(', ')}. Look at
        it before you save.
      </p>
      <div className="flex gap-2">
        <Button onClick={onTakeTheirs}>Take theirs</Button>
        <Button onClick={onKeepMine}>Keep mine</Button>
      </div>
    </div>
  );
}

import { Check, CircleCheckBig } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Button } from '../../ui.js';
import { closeReasons, reasonLength } from '../close-reasons.js';
import { Picker, PickerItem } from './Picker.js';

export interface CloseMenuProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  onClose(reason: string): void;
  disabled: boolean;
}

/** Closes the conversation with a reason: a usual one, or whatever is typed. */
export function CloseMenu({ open, onOpenChange, onClose, disabled }: CloseMenuProps) {
  const [search, setSearch] = useState('');
  const typed = search.trim();
  const usual = closeReasons.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
  const close = (reason: string) => {
    onOpenChange(false);
    setSearch('');
    onClose(reason);
  };
  return (
    <Picker
      open={open}
      onOpenChange={onOpenChange}
      label="Why is it closed?"
      placeholder="Why is it closed?"
      search={search}
      onSearch={setSearch}
      maxLength={reasonLength}
      filter={false}
      empty="Type a reason."
      items={
        <>
          {usual.map(({ reason, label }) => (
            <PickerItem key={reason} value={reason} onSelect={() => close(reason)}>
              <Check aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
              {label}
            </PickerItem>
          ))}
          {typed !== '' && usual.every(({ label }) => label.toLowerCase() !== typed.toLowerCase()) && (
            <PickerItem value={`other ${typed}`} onSelect={() => close(typed)}>
              <Check aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
              <span className="min-w-0 break-words">
                Close with “<bdi>{typed}</bdi>”
              </span>
            </PickerItem>
          )}
        </>
      }
    >
      <Popover.Trigger asChild>
        <Button variant="secondary" disabled={disabled} aria-label="Close" title="Close with a reason (E)">
          <CircleCheckBig aria-hidden="true" className="size-4" />
          <span className="@max-xl:hidden">Close</span>
        </Button>
      </Popover.Trigger>
    </Picker>
  );
}

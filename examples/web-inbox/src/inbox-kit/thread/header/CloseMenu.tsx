import { Check, CircleCheckBig } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useCloseReasons } from '../../inbox.js';
import { Button } from '../../ui.js';
import { reasonsOf } from '../close-reasons.js';
import { Picker, PickerItem } from './Picker.js';

export interface CloseMenuProps {
  teamId: string;
  open: boolean;
  onOpenChange(open: boolean): void;
  onClose(reason: string): void;
  disabled: boolean;
}

/** Closes the conversation with one of its team's reasons. */
export function CloseMenu({ teamId, open, onOpenChange, onClose, disabled }: CloseMenuProps) {
  const [search, setSearch] = useState('');
  const typed = search.trim().toLowerCase();
  const reasons = reasonsOf(useCloseReasons(), teamId).filter(({ name }) => name.toLowerCase().includes(typed));
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
      filter={false}
      empty="No reason is called that."
      items={reasons.map(({ id, key, name }) => (
        <PickerItem key={id} value={key} onSelect={() => close(key)}>
          <Check aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
          <bdi>{name}</bdi>
        </PickerItem>
      ))}
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

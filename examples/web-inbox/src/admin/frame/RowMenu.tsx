import { Ellipsis, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { Button } from '../../inbox-kit/ui.js';

export interface RowAction {
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  run(): void;
  /** It takes something away. */
  readonly danger?: boolean | undefined;
  /** Why it cannot be done. */
  readonly refused?: string | undefined;
}

/** What can be done with one line. */
export function RowMenu({ label, actions }: { label: string; actions: readonly RowAction[] }) {
  // Done once the menu has given the focus back, so that a dialog returns it to the button and not to nowhere.
  const chosen = useRef<RowAction>(undefined);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button variant="ghost" size="icon" className="relative z-10 size-8" aria-label={label}>
          <Ellipsis aria-hidden="true" className="size-4" />
        </Button>
      </DropdownMenu.Trigger>
      {/* Within the page's main part, where those who go by landmarks look for it. */}
      <DropdownMenu.Portal container={document.querySelector('main')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={() => {
            const action = chosen.current;
            chosen.current = undefined;
            if (action) setTimeout(() => action.run());
          }}
          className="z-30 min-w-48 max-w-72 animate-rise rounded-xl border border-border bg-surface-raised p-1.5 shadow-raised outline-none"
        >
          {actions.map((action) => (
            <DropdownMenu.Item
              key={action.label}
              disabled={action.refused !== undefined}
              onSelect={() => {
                chosen.current = action;
              }}
              className={cx(
                'flex min-h-9 select-none items-start gap-2.5 rounded-lg px-2.5 py-1.5 outline-none data-[disabled]:cursor-not-allowed data-[highlighted]:bg-selected pointer-coarse:min-h-11',
                action.danger && action.refused === undefined && 'text-danger',
                action.refused !== undefined && 'text-text-muted',
              )}
            >
              {action.icon && <action.icon aria-hidden="true" className="mt-0.75 size-4 shrink-0" />}
              <span>
                {action.label}
                {action.refused !== undefined && <span className="block text-2xs">{action.refused}</span>}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

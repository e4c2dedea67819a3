import { useEffect, useState } from 'react';
import { allCommands, findCommand } from '../../inbox-kit/commands.js';
import { nameOfPress } from '../../inbox-kit/keys.js';
import { toast } from '../../inbox-kit/toasts.js';
import { isFree, isInOverlay, isTyping } from './focus.js';
import { bindingsOf, press } from './sequences.js';

/** How long the first key of a sequence waits for the next one. */
const patience = 1_500;
/** They mean something to whatever has the focus. */
const shared = new Set(['enter', 'up', 'down']);
const repeated = new Set(['list.next', 'list.previous', 'list.select-next', 'list.select-previous']);

/** Runs commands by their keys. Answers with what is pressed so far of a sequence. */
export function useShortcuts(enabled: boolean): string | undefined {
  const [pending, setPending] = useState<string>();

  useEffect(() => {
    if (!enabled) return;
    let sofar: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function wait(keys: string | undefined): void {
      clearTimeout(timer);
      sofar = keys;
      setPending(keys);
      if (keys !== undefined) timer = setTimeout(() => wait(undefined), patience);
    }

    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
      const name = nameOfPress(event);
      const ours = isOurs(event.target, name);
      const outcome = ours ? press(sofar, name, bindingsOf(allCommands())) : {};
      wait(outcome.pending);
      if (!ours) return;
      if (name === 'escape' && isTyping(event.target)) {
        leaveField(event);
        return;
      }
      if (outcome.run === undefined || (event.repeat && !repeated.has(outcome.run))) return;
      if (runCommand(outcome.run)) event.preventDefault();
    }

    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      wait(undefined);
    };
  }, [enabled]);

  return pending;
}

/** Does it, or says why not. False where nobody offers it now. */
export function runCommand(id: string): boolean {
  const command = findCommand(id);
  if (!command) return false;
  if (command.disabled !== undefined) toast({ title: `${command.title}: not now`, description: command.disabled });
  else command.run();
  return true;
}

function isOurs(target: EventTarget | null, name: string): boolean {
  if (isInOverlay(target)) return false;
  if (isTyping(target)) return name.startsWith('mod+') || name === 'escape';
  return !shared.has(name) || isFree(target);
}

/** The first Escape leaves the field with what stands in it. */
function leaveField(event: KeyboardEvent): void {
  event.preventDefault();
  if (event.target instanceof HTMLElement) event.target.blur();
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Meta' || key === 'Alt' || key === 'AltGraph';
}

import { errorText } from '../error-text.js';
import { toast } from '../ui.js';

/** Tells what could not be done, and why. */
export function refused(title: string, error: unknown): void {
  const { title: what, help } = errorText(error);
  toast({ title, description: `${what.replace(/\.$/, '')}. ${help}`, tone: 'danger' });
}

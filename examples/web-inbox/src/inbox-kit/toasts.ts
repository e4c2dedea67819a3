import { useSyncExternalStore } from 'react';

/** A short word on what happened, with the one thing that can be done about it. */
export interface Toast {
  readonly title: string;
  readonly description?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** Failures stay longer and are told at once. */
  readonly tone?: 'neutral' | 'danger' | undefined;
}

export interface ShownToast extends Toast {
  readonly id: number;
}

const most = 3;
let shown: readonly ShownToast[] = [];
let last = 0;
const listeners = new Set<() => void>();

/** Shows it for a while; answers with the function that takes it away. The same title is shown once. */
export function toast(message: Toast): () => void {
  const id = ++last;
  commit([...shown.filter(({ title }) => title !== message.title), { ...message, id }].slice(-most));
  return () => dismiss(id);
}

export function dismiss(id: number): void {
  commit(shown.filter((one) => one.id !== id));
}

export function useToasts(): readonly ShownToast[] {
  return useSyncExternalStore(subscribe, () => shown);
}

function commit(next: readonly ShownToast[]): void {
  shown = next;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

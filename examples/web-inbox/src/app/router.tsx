import { type ComponentProps, type MouseEvent, useMemo, useSyncExternalStore } from 'react';
import { hrefOf, parseRoute, type Route } from './routes.js';

const base = import.meta.env.BASE_URL.replace(/\/$/, '');
const listeners = new Set<() => void>();

/** A place of the inbox, or the path of a page beside it: `/admin/users`. */
export type Target = Route | string;

/** Where the reader is; undefined at an address that is none of ours. */
export function useRoute(): Route | undefined {
  const address = useSyncExternalStore(subscribe, currentAddress);
  return useMemo(() => routeAt(address), [address]);
}

/** The address itself, for what stands beside the inbox. */
export function usePath(): { readonly pathname: string; readonly search: string } {
  const address = useSyncExternalStore(subscribe, currentAddress);
  return useMemo(() => {
    const { pathname, search } = new URL(address, 'http://page');
    return { pathname: pathname.startsWith(base) ? pathname.slice(base.length) : pathname, search };
  }, [address]);
}

export function currentRoute(): Route | undefined {
  return routeAt(currentAddress());
}

/** Goes there; `replace` leaves no step to come back to. */
export function navigate(to: Target, { replace = false }: { replace?: boolean } = {}): void {
  const [from, href] = [currentAddress(), base + pathOf(to)];
  if (href === from) return;
  if (replace) history.replaceState(history.state, '', href);
  else history.pushState({ from }, '', href);
  for (const listener of [...listeners]) listener();
}

/** Goes there as a step back where it was the last step, so that the browser's own back does not return here. */
export function goBack(to: Route): void {
  const state: unknown = history.state;
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : undefined;
  if (from === base + hrefOf(to)) history.back();
  else navigate(to);
}

export interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  to: Target;
}

/** A link to a route: a plain click stays on the page, all others are the browser's. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !isPlain(event)) return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...rest} href={base + pathOf(to)} onClick={follow} />;
}

function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

const pathOf = (to: Target) => (typeof to === 'string' ? to : hrefOf(to));
const currentAddress = () => location.pathname + location.search;

function routeAt(address: string): Route | undefined {
  const { pathname, search } = new URL(address, 'http://page');
  if (!pathname.startsWith(base)) return undefined;
  return parseRoute(pathname.slice(base.length), search);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

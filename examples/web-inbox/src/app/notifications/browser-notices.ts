import { useSyncExternalStore } from 'react';

/** Whether this device shows notifications beside the page. */
export type BrowserNotices = 'unsupported' | 'off' | 'blocked' | 'on';

/** For each device: what one shows is no business of another. */
const key = 'tims.browser-notices';
const listeners = new Set<() => void>();

export function useBrowserNotices(): BrowserNotices {
  return useSyncExternalStore(subscribe, browserNotices);
}

export function browserNotices(): BrowserNotices {
  if (typeof Notification === 'undefined') return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && localStorage.getItem(key) === 'on' ? 'on' : 'off';
}

/** Turns them on or off; the browser is asked for its permission only here, because somebody pressed a button. */
export async function switchBrowserNotices(): Promise<void> {
  if (browserNotices() === 'on') localStorage.removeItem(key);
  else if ((await Notification.requestPermission()) === 'granted') localStorage.setItem(key, 'on');
  for (const listener of [...listeners]) listener();
}

export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly text: string | undefined;
  open(): void;
}

/** Shows it beside the page. Several tabs show it once: the same tag is the same notice. */
export function showNotice({ id, title, text, open }: Notice): void {
  if (browserNotices() !== 'on') return;
  try {
    const notice = new Notification(title, { tag: id, icon: '/favicon.svg', ...(text ? { body: text } : {}) });
    notice.onclick = () => {
      window.focus();
      notice.close();
      open();
    };
  } catch {
    // Some browsers for phones show notices only for pages that are installed.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The server that this page belongs to: the one it was built for, or the one it came from. */
export const ownServer: string = import.meta.env.VITE_TIMS_URL || location.origin;

const key = 'tims.server';

/** The server that was used last. */
export function lastServer(): string {
  return localStorage.getItem(key) ?? ownServer;
}

export function rememberServer(url: string): void {
  if (url === ownServer) localStorage.removeItem(key);
  else localStorage.setItem(key, url);
}

/** What somebody typed as an address that can be called: `tims.example.com` is `https://tims.example.com`. */
export function asAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (!text) return undefined;
  const loopback = /^(localhost|127\.|\[::1\])/.test(text);
  try {
    const url = new URL(/^https?:\/\//.test(text) ? text : `${loopback ? 'http' : 'https'}://${text}`);
    return url.origin + url.pathname.replace(/\/+$/, '');
  } catch {
    return undefined;
  }
}

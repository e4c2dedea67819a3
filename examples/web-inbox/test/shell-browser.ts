import { vi } from 'vitest';

/** What jsdom has no idea of: sizes, media queries, and pages that are scrolled. */
export function furnishBrowser(width = 1440): void {
  for (const [name, size] of [
    ['offsetHeight', 800],
    ['offsetWidth', 360],
    ['clientHeight', 800],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
  vi.stubGlobal('ResizeObserver', NoObserver);
  vi.stubGlobal('IntersectionObserver', NoObserver);
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: width >= Number(/min-width: (\d+)px/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY),
    addEventListener() {},
    removeEventListener() {},
  }));
  Element.prototype.scrollTo = function scrollTo(this: Element, to?: ScrollToOptions | number) {
    if (typeof to === 'object') this.scrollTop = to.top ?? this.scrollTop;
  } as Element['scrollTo'];
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.hasPointerCapture = () => false;
}

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

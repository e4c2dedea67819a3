/** After something went away with the focus in it, the keyboard goes on at the page's heading and not at its very top. */
export function keepFocus(): void {
  setTimeout(() => {
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    document.querySelector<HTMLElement>('[data-page-heading]')?.focus();
  }, 50);
}

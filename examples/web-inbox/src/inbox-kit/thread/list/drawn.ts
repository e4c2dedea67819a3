/** The messages that are drawn now, from top to bottom. */
export function drawnMessages(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-message]')];
}

/** The one with this id; undefined while it is not drawn. */
export function drawnMessage(list: HTMLElement, id: string): HTMLElement | undefined {
  return drawnMessages(list).find(({ dataset }) => dataset.message === id);
}

/** Waits until the probe answers something that is true, and gives it. */
export async function until<T>(probe: () => T | Promise<T>, withinMs = 15_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + withinMs; ; ) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

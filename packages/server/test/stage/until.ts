/** Asks again and again until the probe answers with something; fails when it never does. */
export async function until<T>(probe: () => T | Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`It did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

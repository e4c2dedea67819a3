/** Everything of a list that comes in pages, as far as a person looks through it. */
export async function allOf<T>(list: AsyncIterable<T>, most = 5_000): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of list) {
    all.push(one);
    if (all.length >= most) break;
  }
  return all;
}

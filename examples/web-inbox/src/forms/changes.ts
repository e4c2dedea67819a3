/** What differs from before: only that is sent. */
export function changesOf<V extends object>(before: V, after: V): Partial<V> {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof V]),
  );
  return Object.fromEntries(changed) as Partial<V>; // entries of the same object
}

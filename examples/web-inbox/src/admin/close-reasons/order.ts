interface Placed {
  readonly id: string;
  readonly position: number;
}

/** What has to change so that the one stands a place further up or down: no more than that, where positions allow it. */
export function moved(rows: readonly Placed[], id: string, step: 1 | -1): readonly Placed[] {
  const from = rows.findIndex((row) => row.id === id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= rows.length) return [];
  const order = rows.map((row) => row.id);
  order.splice(to, 0, ...order.splice(from, 1));
  const before = new Map(rows.map((row) => [row.id, row.position]));
  return order.map((one, position) => ({ id: one, position })).filter((row) => before.get(row.id) !== row.position);
}

/** Reads a JSON column; the database's text was written by `JSON.stringify`. */
export function fromJson<T>(text: string): T;
export function fromJson<T>(text: string | null): T | null;
export function fromJson<T>(text: string | null): T | null {
  // The cast is the column's contract: only the repository beside it writes it.
  return text === null ? null : (JSON.parse(text) as T);
}

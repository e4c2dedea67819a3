/**
 * What a spreadsheet would run as a formula, or cut off before one; also with `'` before it, so that taking one away
 * gives back every text as it was.
 */
const formula = /^'*[=+\-@\t\r]/;

/** One cell as RFC 4180 has it. A text that a spreadsheet would take for a formula gets a `'` before it. */
export function csvCell(value: string | number | boolean | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell of a file that was exported, as it was: without the `'` that kept a spreadsheet from running it. */
export function plainCell(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

/** One row with its end. */
export function csvLine(cells: readonly (string | number | boolean | null | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

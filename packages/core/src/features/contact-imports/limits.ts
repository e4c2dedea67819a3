/** What one file may have. */
export const mostRows = 10_000;
export const mostBytes = 16 * 1024 * 1024;
export const mostColumns = 100;
export const longestHeading = 200;
export const longestCell = 10_000;
/** A quote that is never closed takes in all that follows: past this many characters nobody meant one row. */
export const longestRow = 4 * 1024 * 1024;
/** How many rows one transaction imports, or stages. */
export const rowsAtOnce = 250;

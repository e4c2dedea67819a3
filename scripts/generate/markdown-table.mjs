/**
 * A table in Markdown as the formatter wants it: columns as wide as their widest cell, so that it can be read as it is.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 * @returns {string}
 */
export function markdownTable(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

import { bold } from './style.js';
import { oneLine } from './text.js';

/** One thing's properties, a line each; empty ones are left out. */
export function facts(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${bold(name.padEnd(width))}  ${oneLine(value)}`);
  return `${lines.join('\n')}\n`;
}

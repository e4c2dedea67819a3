import type { TextProps } from 'ink';
import type { Tone } from './line.js';

export type Theme = Readonly<Record<Tone, TextProps>>;

/** The terminal's own sixteen colours, so that it fits light and dark ones alike; one of them is the accent. */
const coloured: Theme = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'cyan' },
  title: { color: 'cyan', bold: true },
  good: { color: 'green' },
  warn: { color: 'yellow' },
  bad: { color: 'red' },
  chosen: { color: 'cyan', inverse: true },
  marked: { color: 'cyan', bold: true },
  banner: { color: 'yellow', inverse: true },
  note: { color: 'yellow' },
  'note-bar': { color: 'yellow', inverse: true, bold: true },
  'tag-red': { color: 'red' },
  'tag-yellow': { color: 'yellow' },
  'tag-green': { color: 'green' },
  'tag-cyan': { color: 'cyan' },
  'tag-blue': { color: 'blue' },
  'tag-magenta': { color: 'magenta' },
};

/** Without colours (https://no-color.org) weight and inversion say the same. */
const plain: Theme = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  accent: { bold: true },
  title: { bold: true },
  good: {},
  warn: { bold: true },
  bad: { bold: true },
  chosen: { inverse: true },
  marked: { bold: true },
  banner: { inverse: true },
  note: { italic: true },
  'note-bar': { inverse: true, bold: true },
  'tag-red': {},
  'tag-yellow': {},
  'tag-green': {},
  'tag-cyan': {},
  'tag-blue': {},
  'tag-magenta': {},
};

export function themeFor(env: NodeJS.ProcessEnv): Theme {
  return env.NO_COLOR ? plain : coloured;
}

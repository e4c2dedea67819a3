import { type Keymap, keyLabel } from '../keys/keymap.js';
import { fit, widthOf } from '../text/width.js';
import { wrap } from '../text/wrap.js';
import { fitLine, type Line, span } from './line.js';
import { markMeanings } from './list-lines.js';
import { tickMeanings } from './ticks.js';

/** The help as it is drawn from the key table: every key that does something, by what it is for. */
export function helpLines(keymap: Keymap, width: number): Line[] {
  const sections = [...new Set(keymap.bindings.map(({ section }) => section))];
  const keysOf = (keys: readonly string[]) =>
    keys.length > 4 ? `${keyLabel(keys[0] ?? '')} … ${keyLabel(keys.at(-1) ?? '')}` : keys.map(keyLabel).join('  ');
  const keyWidth = Math.min(
    Math.floor(width * 0.4),
    26,
    Math.max(...keymap.bindings.map(({ keys }) => widthOf(keysOf(keys)))) + 2,
  );
  const actWidth = width >= 90 ? 20 : 0;
  const row = (left: string, act: string, does: string): Line[] =>
    wrap(does, Math.max(12, width - 2 - keyWidth - actWidth)).map((text, index) =>
      fitLine(
        [
          span('  '),
          span(fit(index === 0 ? left : '', keyWidth), 'accent'),
          span(actWidth ? fit(index === 0 ? act : '', actWidth) : '', 'dim'),
          span(text),
        ],
        width,
      ),
    );
  const ofSection = (section: string): Line[] => [
    [],
    fitLine([span(` ${section}`, 'title')], width),
    ...keymap.bindings
      .filter((binding) => binding.section === section)
      .flatMap(({ keys, act, does }) => row(keys.length > 0 ? keysOf(keys) : '(palette only)', act, does)),
  ];
  const meanings = [...tickMeanings, ...markMeanings].map(([mark, text]) =>
    fitLine([span('  '), { ...mark, text: fit(mark.text.trim(), 4) }, span(text)], width),
  );
  return [...sections.flatMap(ofSection), [], fitLine([span(' Marks', 'title')], width), ...meanings].slice(1);
}

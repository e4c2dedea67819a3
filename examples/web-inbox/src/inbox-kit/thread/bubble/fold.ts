/** So much is shown of a long text before it is asked for: a screen, not a scroll. */
const most = 1_200;
const mostLines = 24;
/** A text that is only a little longer is shown whole. */
const slack = 1.25;

/** The beginning of a long text; undefined where the whole can be shown. */
export function beginningOf(text: string): string | undefined {
  const lines = text.split('\n', Math.ceil(mostLines * slack) + 1);
  if (text.length <= most * slack && lines.length <= mostLines * slack) return undefined;
  const byLines = lines.slice(0, mostLines).join('\n');
  return byLines.length <= most ? byLines : wholeSigns(text, most);
}

/** As many whole signs as fit: no half emoji, no letter without its marks. */
function wholeSigns(text: string, length: number): string {
  const near = text.slice(0, length + 64);
  let end = 0;
  for (const { index, segment } of signs.segment(near)) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  // One sign can be as long as somebody likes.
  return near.slice(0, end || length);
}

const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

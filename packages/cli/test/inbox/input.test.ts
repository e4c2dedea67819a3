import { describe, expect, test } from 'vitest';
import { createDecoder, type Input } from '../../src/inbox/terminal/input.js';
import { createPainter } from '../../src/inbox/terminal/painter.js';

const esc = '\u001b';
const keys = (chunk: string): string[] => {
  const decoder = createDecoder();
  const inputs: Input[] = [...decoder.push(chunk), ...decoder.flush()];
  return inputs.map((input) => (input.type === 'key' ? input.key : input.type));
};

describe('the decoder', () => {
  test.each([
    ['a', ['a']],
    ['jjG', ['j', 'j', 'G']],
    ['你👩‍👧', ['你', '👩‍👧']],
    [' ', ['space']],
    ['\r', ['enter']],
    ['\n', ['ctrl+j']],
    ['\t', ['tab']],
    [`${esc}[Z`, ['shift+tab']],
    ['\u007f', ['backspace']],
    ['\u0003\u001a', ['ctrl+c', 'ctrl+z']],
    [esc, ['esc']],
    [`${esc}\r`, ['alt+enter']],
    [`${esc}b`, ['alt+b']],
    [`${esc}\u007f`, ['alt+backspace']],
    [`${esc}[A${esc}OB`, ['up', 'down']],
    [`${esc}[5~${esc}[6~${esc}[3~`, ['pageup', 'pagedown', 'delete']],
    [`${esc}[1;5C${esc}[1;3D`, ['ctrl+right', 'alt+left']],
    [`${esc}[13;2u${esc}[13;3u${esc}[97;5u`, ['shift+enter', 'alt+enter', 'ctrl+a']],
    [`${esc}OP${esc}[15~`, ['f1', 'f5']],
    [`${esc}${esc}[A`, ['esc', 'up']],
  ])('%j is %j', (chunk, expected) => {
    expect(keys(chunk)).toEqual(expected);
  });

  test('sequences that are torn apart are put together; an escape waits for what may follow', () => {
    const decoder = createDecoder();
    expect(decoder.push(`${esc}[`)).toEqual([]);
    expect(decoder.pending).toBe(true);
    expect(decoder.push('5')).toEqual([]);
    expect(decoder.push('~')).toEqual([{ type: 'key', key: 'pageup', text: '' }]);
    expect(decoder.pending).toBe(false);
  });

  test('a paste is one thing, with its line breaks, however it is torn', () => {
    const decoder = createDecoder();
    expect(decoder.push(`${esc}[200~one\r\ntwo\rq`)).toEqual([]);
    expect(decoder.pending).toBe(false);
    expect(decoder.push(`${esc}[201~q`)).toEqual([
      { type: 'paste', text: 'one\ntwo\nq' },
      { type: 'key', key: 'q', text: 'q' },
    ]);
  });

  test('the mouse: a click, the wheel; letting go and dragging are nothing', () => {
    const decoder = createDecoder();
    expect(
      decoder.push(`${esc}[<0;10;5M${esc}[<0;10;5m${esc}[<32;11;5M${esc}[<64;1;2M${esc}[<65;1;2M${esc}[<2;1;1M`),
    ).toEqual([
      { type: 'click', x: 9, y: 4 },
      { type: 'wheel', x: 0, y: 1, by: -1 },
      { type: 'wheel', x: 0, y: 1, by: 1 },
    ]);
  });
});

describe('the painter', () => {
  const painted = () => {
    const written: string[] = [];
    return { written, painter: createPainter((text) => written.push(text)) };
  };

  test('writes what changed and nothing else', () => {
    const { written, painter } = painted();
    painter.paint('one\ntwo', undefined);
    painter.paint('one\nzwei', undefined);
    painter.paint('one\nzwei', undefined);
    expect(written).toHaveLength(2);
    expect(written[0]).toContain('one');
    expect(written[1]).toContain('zwei');
    expect(written[1]).not.toContain('one');
    painter.forget();
    painter.paint('one\nzwei', undefined);
    expect(written[2]).toContain('one');
  });

  test('a cursor that moves is moved, and hidden when there is none', () => {
    const { written, painter } = painted();
    painter.paint('a', { x: 2, y: 0 });
    painter.paint('a', { x: 3, y: 0 });
    painter.paint('a', undefined);
    expect(written[1]).toContain(`${esc}[1;4H${esc}[?25h`);
    expect(written[2]).toContain(`${esc}[?25l`);
  });

  test('behind characters of which terminals disagree it says where the line goes on', () => {
    const { written, painter } = painted();
    painter.paint('❤️│ e\u0301x│\n你好│', undefined);
    expect(written[0]).toContain(`❤️${esc}[3G│ e\u0301${esc}[6Gx│`);
    expect(written[0]).toContain('你好│');
  });
});

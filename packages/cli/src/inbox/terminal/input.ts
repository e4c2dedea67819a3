/** What a person did: a key, a paste, or the mouse. Places count from 0. */
export type Input =
  | { readonly type: 'key'; readonly key: string; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'click'; readonly x: number; readonly y: number }
  | { readonly type: 'wheel'; readonly x: number; readonly y: number; readonly by: 1 | -1 };

/** Turns what the terminal sends into input. Sequences may be torn apart between two reads. */
export interface Decoder {
  push(chunk: string): Input[];
  /** An escape waits to be told from the beginning of a sequence. */
  readonly pending: boolean;
  /** Nothing came after it: it was the key. */
  flush(): Input[];
}

const escapeKey = '\u001b';
const pasteBegin = '\u001b[200~';
const pasteEnd = '\u001b[201~';

export function createDecoder(): Decoder {
  let rest = '';

  function take(final: boolean): Input[] {
    const inputs: Input[] = [];
    while (rest !== '') {
      const found = first(rest, final);
      if (!found) break;
      rest = rest.slice(found.length);
      if (found.input) inputs.push(found.input);
    }
    return inputs;
  }

  return {
    push(chunk) {
      rest += chunk;
      return take(false);
    },
    get pending() {
      return rest !== '' && !rest.startsWith(pasteBegin);
    },
    flush: () => take(true),
  };
}

interface Found {
  length: number;
  input?: Input | undefined;
}

/** The first input in the text; undefined when more has to come first. */
function first(text: string, final: boolean): Found | undefined {
  if (!text.startsWith(escapeKey)) return character(text);
  if (text.startsWith(pasteBegin)) return paste(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what terminals send
  const csi = /^\u001b\[([\x30-\x3f]*)([\x20-\x2f]*)([\x40-\x7e])/.exec(text);
  if (csi) return { length: csi[0].length, input: sequence(csi[1] ?? '', csi[3] ?? '') };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what terminals send
  const ss3 = /^\u001bO([\x40-\x7e])/.exec(text);
  if (ss3) return { length: 3, input: sequence('', ss3[1] ?? '') };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what terminals send
  if (!final && /^\u001b(\[[\x20-\x3f]*|O)?$/.test(text)) return undefined;
  return escaped(text);
}

/** Escape by itself, or Alt with what follows. */
function escaped(text: string): Found {
  const next = text.slice(1);
  if (next === '' || next.startsWith(escapeKey)) return { length: 1, input: key('esc') };
  const found = character(next);
  const input = found.input?.type === 'key' ? key(`alt+${found.input.key}`) : undefined;
  return { length: 1 + found.length, input };
}

function paste(text: string): Found | undefined {
  const end = text.indexOf(pasteEnd);
  if (end === -1) return undefined;
  const pasted = text.slice(pasteBegin.length, end).replace(/\r\n?/g, '\n');
  return { length: end + pasteEnd.length, input: { type: 'paste', text: pasted } };
}

const controls: Record<string, string> = {
  '\r': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  ' ': 'space',
  '\u0000': 'ctrl+space',
};

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function character(text: string): Found {
  const code = text.charCodeAt(0);
  const named = controls[text.charAt(0)];
  if (named) return { length: 1, input: key(named, named === 'space' ? ' ' : '') };
  if (code < 0x20) return { length: 1, input: key(`ctrl+${String.fromCharCode(code + 0x60)}`) };
  for (const { segment } of segmenter.segment(text.slice(0, 128))) {
    // What a terminal sends as one grapheme with a control sequence behind it is two things.
    return { length: segment.length, input: key(segment, segment) };
  }
  return { length: 1 };
}

const letters: Record<string, string> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};
const numbers: Record<string, string> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

function sequence(parameters: string, final: string): Input | undefined {
  if (parameters.startsWith('<')) return mouse(parameters.slice(1), final);
  if (final === 'Z') return key('shift+tab');
  const [code = '', modifier = '1'] = parameters.split(';');
  const held = modifiers(Number(modifier.split(':')[0]));
  if (final === '~') {
    const name = numbers[code];
    return name ? key(held + name) : undefined;
  }
  if (final === 'u') return unicode(Number(code.split(':')[0]), held);
  const name = letters[final];
  return name ? key(held + name) : undefined;
}

/** `CSI 13;2u`: how newer terminals tell Shift+Enter from Enter. */
function unicode(code: number, held: string): Input | undefined {
  if (!Number.isInteger(code) || code <= 0 || code > 0x10ffff) return undefined;
  if (code === 27) return key(`${held}esc`);
  const found = character(String.fromCodePoint(code));
  if (found.input?.type !== 'key') return undefined;
  return held === '' ? found.input : key(held + found.input.key);
}

function modifiers(number: number): string {
  const bits = (number || 1) - 1;
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 2 ? 'alt+' : ''}${bits & 1 ? 'shift+' : ''}`;
}

/** SGR mouse reports: `button;column;row`, `M` pressed, `m` let go. */
function mouse(parameters: string, final: string): Input | undefined {
  const [button = Number.NaN, column = Number.NaN, row = Number.NaN] = parameters.split(';').map(Number);
  const place = { x: column - 1, y: row - 1 };
  if (Number.isNaN(place.x) || Number.isNaN(place.y)) return undefined;
  if (button & 64) return (button & 3) < 2 ? { type: 'wheel', ...place, by: (button & 1) === 0 ? -1 : 1 } : undefined;
  // Only the left button, only when it goes down, and no dragging.
  return final === 'M' && (button & 3) === 0 && !(button & 32) ? { type: 'click', ...place } : undefined;
}

function key(name: string, text = ''): Input {
  return { type: 'key', key: name, text };
}

import { fail } from '../../kernel/errors.js';
import { lengthOfUtf8 } from './invalid-utf8.js';
import { mostBytes } from './limits.js';

const saveAs = 'save it as “CSV UTF-8”';

/**
 * A file's bytes as text, piece by piece: UTF-8, or UTF-16 that says so with its byte order mark. Nothing is guessed and
 * nothing replaced: what is no text is refused with its place.
 *
 * @throws TimsError `csv_invalid`, `csv_too_large`
 */
export async function* decoded(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  let begin = Buffer.alloc(0);
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.length;
    if (bytes > mostBytes) fail('csv_too_large', `A file may have ${mostBytes / 1024 / 1024} MB`);
    // What tells the encoding may come in pieces too.
    begin = decoder ? Buffer.from(piece) : Buffer.concat([begin, piece]);
    if (!decoder && begin.length < 4) continue;
    decoder ??= decoderOf(begin);
    yield decoder.read(begin);
  }
  decoder ??= decoderOf(begin);
  yield decoder.end(bytes < 4 ? begin : undefined);
}

interface Decoder {
  read(bytes: Buffer): string;
  end(bytes: Buffer | undefined): string;
}

function decoderOf(begin: Buffer): Decoder {
  if (begin.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    fail('csv_invalid', `It is a workbook or an archive: open it in a spreadsheet and ${saveAs}`);
  }
  const little = begin[0] === 0xff && begin[1] === 0xfe;
  const big = begin[0] === 0xfe && begin[1] === 0xff;
  return createDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8');
}

function createDecoder(encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  let before = 0;
  let tail = Buffer.alloc(0);

  const take = (bytes: Buffer, stream: boolean): string => {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream });
    } catch {
      return encoding === 'utf-8' ? refuseUtf8(bytes) : fail('csv_invalid', `It is not ${encoding}: ${saveAs}`);
    }
    const zero = text.indexOf('\0');
    if (zero >= 0) {
      const at = line + linesIn(text.slice(0, zero));
      fail('csv_invalid', `Line ${at} has a character with the code 0: it is no text; ${saveAs}`, { line: at });
    }
    line += linesIn(text);
    before += bytes.length;
    tail = Buffer.from(bytes.subarray(-3));
    return text;
  };

  /** A character may begin in the piece before. */
  const refuseUtf8 = (bytes: Buffer): never => {
    const joined = Buffer.concat([tail, bytes]);
    let start = 0;
    while (start < tail.length && isContinuation(joined[start])) start++;
    const length = start + lengthOfUtf8(joined.subarray(start));
    const at = line + linesIn(joined.subarray(tail.length, Math.max(length, tail.length)).toString('latin1'));
    const byte = before - tail.length + length;
    const wrong = (joined[length] ?? 0).toString(16);
    fail('csv_invalid', `Line ${at} has the byte 0x${wrong} at ${byte}, which is no UTF-8: ${saveAs}`, {
      line: at,
      byte,
    });
  };

  return { read: (bytes) => take(bytes, true), end: (bytes) => take(bytes ?? Buffer.alloc(0), false) };
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

import { writeSync } from 'node:fs';

/** The terminal as a screen of our own. Entering and leaving may be repeated. */
export interface Screen {
  enter(): void;
  /** Gives the terminal back as it was. Written at once, so that it also works while the process dies. */
  leave(): void;
}

const enterings = [
  '\u001b[?1049h', // the alternate screen
  '\u001b[?7l', // a line that is too long is cut off, and moves nothing
  '\u001b[?2004h', // a paste is told from typing
  '\u001b[2J',
  '\u001b[?25l',
];
const mouseOn = '\u001b[?1000h\u001b[?1006h';
// Also where it was not switched on: a terminal that reports its mouse to a shell is a nuisance.
const mouseOff = '\u001b[?1006l\u001b[?1000l';
const leavings = ['\u001b[?2026l', '\u001b[0m', '\u001b[?2004l', '\u001b[?7h', '\u001b[?25h', '\u001b[?1049l'];

export function createScreen(stdin: NodeJS.ReadStream, { mouse, fd = 1 }: { mouse: boolean; fd?: number }): Screen {
  let entered = false;
  return {
    enter() {
      if (entered) return;
      entered = true;
      stdin.setRawMode(true);
      writeNow(fd, enterings.join('') + (mouse ? mouseOn : ''));
    },
    leave() {
      if (!entered) return;
      entered = false;
      writeNow(fd, mouseOff + leavings.join(''));
      try {
        stdin.setRawMode(false);
      } catch {
        // The terminal is gone: nobody sees it.
      }
    },
  };
}

function writeNow(fd: number, text: string): void {
  try {
    writeSync(fd, text);
  } catch {
    // The terminal is gone, or does not read: then there is nothing to restore.
  }
}

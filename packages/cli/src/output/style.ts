/** Colours only where somebody looks at them and has not asked for none (https://no-color.org). */
const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

const painted = (begin: number, end: number) => (text: string) =>
  coloured ? `\u001b[${begin}m${text}\u001b[${end}m` : text;

export const bold = painted(1, 22);
export const dim = painted(2, 22);
export const green = painted(32, 39);
export const yellow = painted(33, 39);
export const red = painted(31, 39);

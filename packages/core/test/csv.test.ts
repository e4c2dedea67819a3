import { csvCell, csvLine } from '@tims/core';
import { expect, it } from 'vitest';

it.each(['=1+1', '+60123456789', '-2', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula for a spreadsheet', (text) => {
  expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
});

it('quotes what RFC 4180 asks to be quoted, and leaves the rest as it is', () => {
  expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', '', null, undefined, 5, true, ' = ', "'quoted"])).toBe(
    `plain,"a,b","say ""hi""","two\nlines",,,,5,true, = ,'quoted\r\n`,
  );
  expect(csvCell('\r\n')).toBe(`"'\r\n"`);
});

it('does so with numbers below zero too', () => {
  expect(csvCell(-5)).toBe("'-5");
});

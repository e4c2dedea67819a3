import { expect, test } from 'vitest';
import { readableLine } from '../src/log.js';

const line = (fields: object) =>
  readableLine(JSON.stringify({ level: 'info', time: '2026-03-10T12:03:01.250Z', ...fields }));

test('a line of the log is one line for people', () => {
  expect(line({ msg: 'stopping', signal: 'SIGTERM' })).toBe('12:03:01 info  stopping signal=SIGTERM');
  expect(line({ level: 'error', msg: 'not closed', what: 'the database', n: 3 })).toBe(
    '12:03:01 error not closed what="the database" n=3',
  );
  expect(line({ req: { method: 'GET', path: '/readyz' } })).toBe(
    '12:03:01 info  req={"method":"GET","path":"/readyz"}',
  );
});

test('what a value holds cannot draw on the terminal', () => {
  expect(line({ name: 'a\u001b[2Jb' })).toBe('12:03:01 info  name="a\\u001b[2Jb"');
});

test('a stack stands below its line', () => {
  expect(line({ msg: 'unexpected error', err: { name: 'Error', stack: 'Error: x\n    at y' } })).toBe(
    '12:03:01 info  unexpected error\nError: x\n    at y',
  );
});

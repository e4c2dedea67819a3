import { StorageOpenError } from '@tims/core/plugin';
import { describe, expect, it } from 'vitest';
import { readUrl } from '../src/settings.js';

describe('the address of a database', () => {
  it('has a host, a port, a user, a password and a name', () => {
    expect(readUrl('mysql://us%40er:p%2Fw@db.example:3307/inbox')).toMatchObject({
      pool: 10,
      connection: { host: 'db.example', port: 3307, user: 'us@er', password: 'p/w', database: 'inbox' },
    });
  });

  it('takes what is usual for granted', () => {
    const { connection } = readUrl('mariadb://tims@localhost/inbox');
    expect(connection).toMatchObject({ host: 'localhost', port: 3306 });
    expect(connection.ssl).toBe(undefined);
  });

  it('takes options', () => {
    const { pool, connection } = readUrl('mysql://tims@db/inbox?pool=25&tls=true');
    expect(pool).toBe(25);
    expect(connection.ssl).toEqual({ rejectUnauthorized: true });
    expect(readUrl('mysql://tims@db/inbox?socket=/run/my.sock').connection).toMatchObject({
      socketPath: '/run/my.sock',
    });
  });

  it.each([
    ['mysql://tims:secret@db', 'names no database'],
    ['mysql://tims:secret@db/inbox?pool=none', '"pool" must be a whole number'],
    ['mysql://tims:secret@db/inbox?ssl=1', 'no option "ssl"'],
    ['mysql://tims:secret@db/inbox?tlsCa=/no/such/file', '/no/such/file'],
    ['mysql://tims:secret@db:port/inbox', 'is no URL'],
  ])('refuses %s without showing the password', (url, why) => {
    const read = () => readUrl(url);
    expect(read).toThrow(StorageOpenError);
    expect(read).toThrow(why);
    expect(read).not.toThrow('secret');
  });
});

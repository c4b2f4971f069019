/** Which errors are the database's and not the event's: what they hit is tried again for as long as it takes. */
import { expect, it } from 'vitest';
import { isDatabaseTrouble } from '../../../src/persistence/trouble.ts';

const failure = (code: string, errno?: number) => Object.assign(new Error('said by a driver'), { code, errno });

it.each([
  ...['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'],
  ...['EAI_AGAIN', 'PROTOCOL_CONNECTION_LOST', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CON_COUNT_ERROR'],
  ...['ER_TOO_MANY_USER_CONNECTIONS', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL', 'ER_OUTOFMEMORY', 'ER_OUT_OF_RESOURCES'],
  ...['ER_SERVER_SHUTDOWN', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE', 'ER_UNKNOWN_COM_ERROR'],
  ...['ER_CLIENT_INTERACTION_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ER_NET_READ_INTERRUPTED'],
])('%s is trouble with the database', (code) => {
  expect(isDatabaseTrouble(failure(code))).toBe(true);
});

it.each([1927, 1969])('so is error %i of MariaDB, which has no name', (errno) => {
  expect(isDatabaseTrouble(failure('UNKNOWN_CODE_PLEASE_REPORT', errno))).toBe(true);
});

it.each([
  ...['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR', 'ER_DUP_ENTRY', 'ER_BAD_FIELD_ERROR', 'ER_DATA_TOO_LONG'],
  ...['ER_PARSE_ERROR', 'ER_NO_SUCH_TABLE', 'lease_lost', 'row_altered', 'UNKNOWN_CODE_PLEASE_REPORT'],
])('%s is a fault of what was being done', (code) => {
  expect(isDatabaseTrouble(failure(code, 1064))).toBe(false);
});

it('what is no error at all is a fault', () => {
  expect(isDatabaseTrouble('ECONNRESET')).toBe(false);
  expect(isDatabaseTrouble(new TypeError('x is undefined'))).toBe(false);
});

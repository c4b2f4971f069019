/** Tells trouble with the database (away, locked, full) from a fault in what was being done. */

const TROUBLE =
  /^(SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN)|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|PROTOCOL_|ER_(LOCK|CON_COUNT|SERVER_SHUTDOWN|QUERY_INTERRUPTED|OPTION_PREVENTS|DISK_FULL|TOO_MANY|NEW_ABORTING|CONNECTION_KILLED))/;

export function isDatabaseTrouble(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && TROUBLE.test(error.code);
}

/** Tells trouble with the database (away, locked, full) from a fault in what was being done. */

/** Of SQLite, of the network, and of MySQL servers by the names that the driver has for them. */
const TROUBLE = [
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|NOMEM|READONLY)/,
  /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|PROTOCOL_)/,
  // Busy or out of something.
  /^ER_(LOCK|CON_COUNT|TOO_MANY|USER_LIMIT|DISK_FULL|RECORD_FILE_FULL|OUT_?OF|CANT_CREATE_THREAD|QUERY_TIMEOUT)/,
  // Going, or not to be written to now; a Galera node that is cut off answers any command with "unknown command" (1047).
  /^ER_(SERVER_SHUTDOWN|SERVER_OFFLINE|NEW_ABORTING|QUERY_INTERRUPTED|CONNECTION_KILLED|OPTION_PREVENTS|READ_ONLY_MODE|UNKNOWN_COM|NET_|CLIENT_INTERACTION|ERROR_DURING)/,
];
/** MariaDB's own, which the driver has no names for: the connection was killed; a statement took too long. */
const UNNAMED: readonly unknown[] = [1927, 1969];

export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errno' in error && UNNAMED.includes(error.errno)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return TROUBLE.some((pattern) => pattern.test(code));
}

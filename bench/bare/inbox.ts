/** Unique rows in group commits by a driver alone, better-sqlite3 or mysql2, as durable as the product's. */
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2';

export interface BareInbox {
  /** Commits with whatever else arrives in this turn of the event loop; `done` hears whether it was stored. */
  store(row: Row, done: (stored: boolean) => void): void;
  close(): void;
}

/** `url` as DATABASE_URL; the table is made. */
export const createBareInbox = (url: string): BareInbox =>
  url.startsWith('sqlite:') ? inFile(url.slice('sqlite:'.length)) : onServer(url);

/** tenant, id, account, key, chat, text, queued at, available at */
type Row = readonly [string, string, string, string, string, string, number, number];

/** Columns, keys and indexes of the product's inbox, and its pragmas: the same work for the disk. */
const TABLE = `CREATE TABLE inbox_event (
  tenant_id VARCHAR(26) NOT NULL, id VARCHAR(26) NOT NULL, account_id VARCHAR(26) NOT NULL,
  dedupe_key VARCHAR(160) NOT NULL, order_key VARCHAR(160) NOT NULL, payload TEXT NOT NULL,
  queued_at BIGINT NOT NULL, status VARCHAR(8) NOT NULL DEFAULT 'ready', attempts BIGINT NOT NULL DEFAULT 0,
  available_at BIGINT NOT NULL, lease_owner VARCHAR(26), lease_until BIGINT, last_error VARCHAR(300), settled_at BIGINT,
  PRIMARY KEY (tenant_id, id)
)`;
const INDEXES = [
  'CREATE UNIQUE INDEX u1 ON inbox_event (tenant_id, account_id, dedupe_key)',
  'CREATE INDEX i1 ON inbox_event (status, id)',
  'CREATE INDEX i2 ON inbox_event (status, order_key, id)',
  'CREATE INDEX i3 ON inbox_event (status, settled_at)',
];
const COLUMNS = 'tenant_id, id, account_id, dedupe_key, order_key, payload, queued_at, available_at';

interface Waiting {
  readonly row: Row;
  readonly done: (stored: boolean) => void;
}

function inFile(path: string): BareInbox {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 2000');
  for (const statement of [TABLE, ...INDEXES]) db.exec(statement);
  const insert = db.prepare(
    `INSERT INTO inbox_event (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const commit = db.transaction((group: readonly Waiting[]) => {
    for (const { row } of group) insert.run(...row);
  });

  let waiting: Waiting[] = [];
  function flush(): void {
    const group = waiting;
    waiting = [];
    let stored = true;
    try {
      commit(group);
    } catch {
      stored = false;
    }
    for (const { done } of group) done(stored);
  }
  return {
    store(row, done) {
      if (waiting.push({ row, done }) === 1) setImmediate(flush);
    },
    close: () => db.close(),
  };
}

/** One connection and one statement a group, which is its own transaction; what comes meanwhile is the next group. */
function onServer(url: string): BareInbox {
  const connection = createConnection({ uri: url, charset: 'utf8mb4_bin' });
  for (const statement of [TABLE, ...INDEXES])
    connection.query(statement, (error) => {
      if (error) throw error;
    });
  let waiting: Waiting[] = [];
  let busy = false;

  function flush(): void {
    const group = waiting;
    waiting = [];
    busy = group.length > 0;
    if (!busy) return;
    const places = group.map(() => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
    const values = group.flatMap(({ row }) => row);
    connection.query(`INSERT IGNORE INTO inbox_event (${COLUMNS}) VALUES ${places}`, values, (error) => {
      for (const { done } of group) done(error === null);
      flush();
    });
  }
  return {
    store(row, done) {
      waiting.push({ row, done });
      if (busy) return;
      busy = true;
      setImmediate(flush);
    },
    close: () => connection.end(),
  };
}

/** What a decision costs with nothing of a product around it: a tap that is stored and answered, and one call for the other card. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createPool } from 'mysql2/promise';

export interface BareDecider {
  /** From the tap to the other card's change, ms. */
  decide(): Promise<number>;
  close(): Promise<void>;
}

type Store = { readonly put: (n: number) => Promise<unknown>; readonly close: () => Promise<void> };

const TABLE = 'CREATE TABLE bare_decision (id BIGINT NOT NULL PRIMARY KEY, card VARCHAR(64) NOT NULL)';
const INSERT = 'INSERT INTO bare_decision (id, card) VALUES (?, ?)';
const CARD = 'x'.repeat(64);

/** `databaseUrl` is the product's server; a file gets one of the same kind beside it, in `folder`. */
export async function startBareDecider(databaseUrl: string, folder: string): Promise<BareDecider> {
  const store = databaseUrl.startsWith('sqlite:') ? inFile(join(folder, 'bare.db')) : await onServer(databaseUrl);
  let last = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url === '/card') return void response.end('{"code":0}');
      last += 1;
      store.put(last).then(
        () => response.end('{}'),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = async (path: string) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: CARD });
    if (!response.ok) throw new Error(`the bare server answered ${response.status}`);
    await response.text();
  };
  return {
    async decide() {
      const begun = performance.now();
      await post('/tap');
      await post('/card');
      return performance.now() - begun;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await store.close();
    },
  };
}

/** As durable as the product's. */
function inFile(path: string): Store {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(TABLE);
  const insert = db.prepare(INSERT);
  return { put: async (n) => insert.run(n, CARD), close: async () => void db.close() };
}

async function onServer(url: string): Promise<Store> {
  const pool = createPool({ uri: url, connectionLimit: 4 });
  await pool.query(TABLE);
  return { put: (n) => pool.execute(INSERT, [n, CARD]), close: () => pool.end() };
}

/**
 * The limit we measure ourselves against: what a callback costs with nothing of a product around it. Node's own
 * HTTP server verifies, decrypts and parses, and better-sqlite3 stores one unique row in group commits, durably.
 */
import { createDecipheriv, createHash, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import Database from 'better-sqlite3';

export interface BareOptions {
  readonly encryptKey: string;
  /** The database file; its table is made. */
  readonly path: string;
}

export interface BareServer {
  readonly server: Server;
  close(): void;
}

/** Columns, keys and indexes of the product's inbox, and its pragmas: the same work for the disk. */
const TABLE = `
CREATE TABLE inbox_event (
  tenant_id VARCHAR(26) NOT NULL, id VARCHAR(26) NOT NULL, account_id VARCHAR(26) NOT NULL,
  dedupe_key VARCHAR(160) NOT NULL, order_key VARCHAR(160) NOT NULL, payload TEXT NOT NULL,
  queued_at BIGINT NOT NULL, status VARCHAR(8) NOT NULL DEFAULT 'ready', attempts BIGINT NOT NULL DEFAULT 0,
  available_at BIGINT NOT NULL, lease_owner VARCHAR(26), lease_until BIGINT, last_error VARCHAR(300), settled_at BIGINT,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX u1 ON inbox_event (tenant_id, account_id, dedupe_key);
CREATE INDEX i1 ON inbox_event (status, id);
CREATE INDEX i2 ON inbox_event (status, order_key, id);
CREATE INDEX i3 ON inbox_event (status, settled_at);`;

const WINDOW_S = 300;
const LIMIT = 1024 * 1024;

interface Waiting {
  readonly row: readonly (string | number)[];
  readonly done: (stored: boolean) => void;
}

interface MessageEnvelope {
  readonly header: { readonly tenant_key: string };
  readonly event: { readonly message: { readonly message_id: string; readonly chat_id: string } };
}

export function createBareServer({ encryptKey, path }: BareOptions): BareServer {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 2000');
  db.exec(TABLE);
  const insert = db.prepare(
    `INSERT INTO inbox_event (tenant_id, id, account_id, dedupe_key, order_key, payload, queued_at, available_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
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
  const store = (row: Waiting['row'], done: Waiting['done']) => {
    if (waiting.push({ row, done }) === 1) setImmediate(flush);
  };

  const key = createSecretKey(createHash('sha256').update(encryptKey).digest());
  const account = 'bare';
  let lastId = 0;

  const server = createServer((request, response) => {
    const answer = (status: number, body: string) => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    };
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LIMIT) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      if (!isSigned(request.headers, body, encryptKey)) return answer(401, '{"error":"signature"}');
      let text: string;
      let envelope: MessageEnvelope;
      try {
        text = open((JSON.parse(body.toString()) as { encrypt: string }).encrypt, key);
        envelope = JSON.parse(text) as MessageEnvelope;
      } catch {
        return answer(400, '{"error":"body"}');
      }
      const { message_id, chat_id } = envelope.event.message;
      const now = Date.now();
      lastId += 1;
      const id = now.toString(36).padStart(10, '0') + lastId.toString(36).padStart(16, '0');
      store([envelope.header.tenant_key, id, account, message_id, chat_id, text, now, now], (stored) =>
        stored ? answer(200, '{}') : answer(500, '{"error":"store"}'),
      );
    });
  });
  return {
    server,
    close() {
      server.close();
      server.closeAllConnections();
      db.close();
    },
  };
}

function isSigned(headers: IncomingHttpHeaders, body: Buffer, encryptKey: string): boolean {
  const timestamp = headers['x-lark-request-timestamp'];
  const nonce = headers['x-lark-request-nonce'];
  const signature = headers['x-lark-signature'];
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string') return false;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= WINDOW_S)) return false;
  const digest = createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(body)
    .digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === digest.length && timingSafeEqual(given, digest);
}

function open(sealed: string, key: KeyObject): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  return decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8');
}

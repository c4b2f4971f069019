/** A bare server on a fresh database, and what it has stored. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Opener } from '../../../bench/bare/opener.ts';
import { createBareServer } from '../../../bench/bare/server.ts';

export interface Bare extends AsyncDisposable {
  readonly folder: string;
  /** The database file. */
  readonly path: string;
  /** Posts to the server and gives the status of its answer. */
  post(push: {
    readonly body: Buffer;
    readonly query?: string;
    readonly headers?: Record<string, string>;
  }): Promise<number>;
  stored(): { dedupe_key: string; order_key: string; payload: string }[];
}

export async function openBare(opener: Opener): Promise<Bare> {
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-bare-'));
  const path = join(folder, 'bare.db');
  const bare = createBareServer({ opener, databaseUrl: `sqlite:${path}` });
  await new Promise<void>((resolve) => bare.server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(bare.server.address() as AddressInfo).port}/callbacks`;
  return {
    folder,
    path,
    async post({ body, query = '', headers = {} }) {
      return (await fetch(`${url}?${query}`, { method: 'POST', body: new Uint8Array(body), headers })).status;
    },
    stored() {
      const db = new Database(path, { readonly: true });
      const rows = db.prepare('SELECT dedupe_key, order_key, payload FROM inbox_event').all();
      db.close();
      return rows as ReturnType<Bare['stored']>;
    },
    async [Symbol.asyncDispose]() {
      bare.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

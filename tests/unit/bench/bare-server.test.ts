/** The server that the product is measured against does the same work: it believes nobody, stores durably, and stores once. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BareServer, createBareServer } from '../../../bench/bare-server.ts';
import { prepareBodies } from '../../../sandbox/feishu/index.ts';
import { signature } from '../../../sandbox/feishu/sealing.ts';
import { openDatabase } from '../../../src/persistence/database.ts';

const KEY = 'bench-test-key';

let folder: string;
let path: string;
let bare: BareServer;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaodan-bare-'));
  path = join(folder, 'bare.db');
  bare = createBareServer({ encryptKey: KEY, path });
  await new Promise<void>((resolve) => bare.server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(bare.server.address() as AddressInfo).port}/callbacks/feishu`;
});

afterEach(() => {
  bare.close();
  rmSync(folder, { recursive: true, force: true });
});

function message(id: string): Buffer {
  const header = { event_id: id, event_type: 'im.message.receive_v1', create_time: '1', token: 't', app_id: 'a' };
  const envelope = {
    schema: '2.0' as const,
    header: { ...header, tenant_key: 'tenant' },
    event: { message: { message_id: id, chat_id: 'oc_1', content: '{"text":"帮我报下价"}' } },
  };
  const [body] = prepareBodies([{ eventId: id, eventType: header.event_type, callback: false, envelope }], KEY);
  return body ?? Buffer.alloc(0);
}

async function post(body: Buffer, { age = 0, key = KEY, signed = body } = {}): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const headers = {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': 'n',
    'x-lark-signature': signature(timestamp, 'n', key, signed),
  };
  return (await fetch(url, { method: 'POST', body: new Uint8Array(body), headers })).status;
}

function stored(): { dedupe_key: string; payload: string }[] {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare('SELECT dedupe_key, payload FROM inbox_event').all();
  db.close();
  return rows as ReturnType<typeof stored>;
}

describe('the bare server of the bench', () => {
  test('stores a message before it answers, and a second delivery once more not', async () => {
    const body = message('om_1');
    expect(await post(body)).toBe(200);
    expect(stored()).toMatchObject([{ dedupe_key: 'om_1', payload: expect.stringContaining('帮我报下价') }]);
    expect(await Promise.all([post(body), post(message('om_2')), post(body)])).toEqual([200, 200, 200]);
    expect(stored().map((row) => row.dedupe_key)).toEqual(['om_1', 'om_2']);
  });

  test('refuses what is forged, altered, stale or not to be decrypted, and stores nothing of it', async () => {
    const body = message('om_1');
    expect(await post(body, { key: 'another-key' })).toBe(401);
    expect(await post(message('om_2'), { signed: body })).toBe(401);
    expect(await post(body, { age: 600 })).toBe(401);
    expect((await fetch(url, { method: 'POST', body: new Uint8Array(body) })).status).toBe(401);
    expect(await post(Buffer.from('{"encrypt":"AAAA"}'))).toBe(400);
    expect(stored()).toEqual([]);
  });

  test("keeps its rows as the product does: the inbox's columns, keys, indexes and journal", async () => {
    const productPath = join(folder, 'product.db');
    const product = await openDatabase({ url: `sqlite:${productPath}`, now: Date.now, newId: () => 'id' });
    await product.close();
    expect(shape(path)).toEqual(shape(productPath));
  });
});

function shape(file: string): unknown {
  const db = new Database(file, { readonly: true });
  const rows = (sql: string) => db.prepare(sql).all() as { name: string; unique: number }[];
  const columns = rows(`SELECT name, "notnull", pk FROM pragma_table_info('inbox_event') ORDER BY name`);
  const indexes = rows(`SELECT name, "unique" FROM pragma_index_list('inbox_event')`).map(
    (index) =>
      `${index.unique} ${rows(`SELECT name FROM pragma_index_info('${index.name}')`)
        .map(({ name }) => name)
        .join(',')}`,
  );
  const journal = db.pragma('journal_mode', { simple: true });
  db.close();
  return { columns, indexes: indexes.sort(), journal };
}

/** The server that the product is measured against does the same work: it believes nobody, stores durably, and stores once. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createFeishuOpener } from '../../../bench/bare/feishu.ts';
import { prepareBodies } from '../../../sandbox/feishu/index.ts';
import { signature } from '../../../sandbox/feishu/sealing.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { openBare } from './bare.ts';

const KEY = 'bench-test-key';
const open = () => openBare(createFeishuOpener({ encryptKey: KEY }));

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

function push(body: Buffer, { age = 0, key = KEY, signed = body } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const headers = {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': 'n',
    'x-lark-signature': signature(timestamp, 'n', key, signed),
  };
  return { body, headers };
}

test('stores a message before it answers, and a second delivery once more not', async () => {
  await using bare = await open();
  const body = message('om_1');
  expect(await bare.post(push(body))).toBe(200);
  expect(bare.stored()).toEqual([
    { dedupe_key: 'om_1', order_key: 'oc_1', payload: expect.stringContaining('帮我报下价') },
  ]);
  const again = [body, message('om_2'), body].map((each) => bare.post(push(each)));
  expect(await Promise.all(again)).toEqual([200, 200, 200]);
  expect(bare.stored().map((row) => row.dedupe_key)).toEqual(['om_1', 'om_2']);
});

test('refuses what is forged, altered, stale or not to be decrypted, and stores nothing of it', async () => {
  await using bare = await open();
  const body = message('om_1');
  expect(await bare.post(push(body, { key: 'another-key' }))).toBe(401);
  expect(await bare.post(push(message('om_2'), { signed: body }))).toBe(401);
  expect(await bare.post(push(body, { age: 600 }))).toBe(401);
  expect(await bare.post({ body })).toBe(401);
  expect(await bare.post(push(Buffer.from('{"encrypt":"AAAA"}')))).toBe(400);
  expect(bare.stored()).toEqual([]);
});

test("keeps its rows as the product does: the inbox's columns, keys, indexes and journal", async () => {
  await using bare = await open();
  const productPath = join(bare.folder, 'product.db');
  const product = await openDatabase({ url: `sqlite:${productPath}`, now: Date.now, newId: () => 'id' });
  await product.close();
  expect(shape(bare.path)).toEqual(shape(productPath));
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

/** What a look into the database finds, past every layer of the product. */
import { openConnections } from '../../../src/persistence/data-source.ts';

export interface Remains {
  readonly waiting: number;
  readonly inHand: number;
}

type Rows = Record<string, unknown>[];

/** Opens the database for one look. */
export async function lookInto<T>(
  url: string,
  look: (query: (sql: string) => Promise<Rows>) => Promise<T>,
): Promise<T> {
  const { writer, reader } = await openConnections(url, []);
  try {
    return await look((sql) => reader.query(sql));
  } finally {
    if (reader !== writer) await reader.destroy();
    await writer.destroy();
  }
}

/** The unfinished rows that a killed process left behind. */
export const remainsOf = (url: string): Promise<{ inbox: Remains; outbox: Remains }> =>
  lookInto(url, async (query) => {
    const of = async (table: string): Promise<Remains> => {
      const [row] = await query(
        `SELECT COUNT(*) AS n, COUNT(lease_owner) AS held FROM ${table} WHERE status = 'ready'`,
      );
      return { waiting: Number(row?.n) - Number(row?.held), inHand: Number(row?.held) };
    };
    return { inbox: await of('inbox_event'), outbox: await of('outbox_order') };
  });

/** The unfinished rows themselves, without what they carry. */
export const rowsLeft = (url: string): Promise<readonly Rows[]> =>
  lookInto(url, (query) =>
    Promise.all(
      ['inbox_event', 'outbox_order'].map((table) =>
        query(`SELECT id, dedupe_key, order_key, queued_at, available_at, attempts, lease_owner, lease_until, last_error
          FROM ${table} WHERE status = 'ready' ORDER BY id LIMIT 10`),
      ),
    ),
  );

/** Every table that holds these words somewhere. */
export const tablesWith = (url: string, words: string): Promise<string[]> =>
  lookInto(url, async (query) => {
    const sqlite = url.startsWith('sqlite:');
    const tables = await query(
      sqlite
        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await query(`SELECT * FROM \`${name}\``);
      if (JSON.stringify(rows).includes(words)) found.push(String(name));
    }
    return found;
  });

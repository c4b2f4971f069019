/** An open database for store suites, with a clock that stands still and a scratch table to write into. */
import { createIdGenerator } from '../../src/ids.ts';
import { type Database, openDatabase } from '../../src/persistence/database.ts';
import type { Session } from '../../src/persistence/session.ts';
import type { UnitOfWork } from '../../src/persistence/unit-of-work.ts';
import type { NewWork } from '../../src/work/queue.ts';
import { readyDatabaseUrl } from '../support/services/database.ts';

export const NOW = 1_790_000_000_000;

export interface Store extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly newId: () => string;
  /** Another instance of the product on the same database. */
  another(): Promise<Database>;
}

export async function openStore(): Promise<Store> {
  const { url, dispose } = await readyDatabaseUrl();
  const newId = createIdGenerator(() => NOW);
  const opened: Database[] = [];
  const another = async (): Promise<Database> => {
    const database = await openDatabase({ url, now: () => NOW, newId });
    opened.push(database);
    return database;
  };
  const database = await another();
  return {
    url,
    database,
    unitOfWork: database.unitOfWork,
    newId,
    another,
    async [Symbol.asyncDispose]() {
      for (const one of opened) await one.close();
      await dispose();
    },
  };
}

/** A store with an empty table `scratch(id, n)`. */
export async function openScratch(): Promise<Store> {
  const store = await openStore();
  await store.unitOfWork.run((session) =>
    session.execute('CREATE TABLE scratch (id VARCHAR(40) NOT NULL PRIMARY KEY, n BIGINT NOT NULL)'),
  );
  return store;
}

export const put = (session: Session, id: string, n = 0): Promise<number> =>
  session.execute('INSERT INTO scratch (id, n) VALUES (?, ?)', [id, n]);

/** Committed ids of the scratch table, sorted. */
export async function idsOf(unitOfWork: UnitOfWork): Promise<string[]> {
  const rows = await unitOfWork.read((session) => session.query<{ id: string }>('SELECT id FROM scratch ORDER BY id'));
  return rows.map((row) => row.id);
}

/** Lets everything else that is ready go first, so many times. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** An item of work; what a test does not say is unremarkable. */
export function work(store: Pick<Store, 'newId'>, given: Partial<NewWork> = {}): NewWork {
  const id = given.id ?? store.newId();
  return {
    id,
    tenantId: 'tenant-1',
    accountId: 'account-1',
    dedupeKey: `event:${id}`,
    orderKey: `chat:${id}`,
    payload: '{"said":"您好"}',
    queuedAt: NOW,
    availableAt: NOW,
    ...given,
  };
}

/** What the databases say of our statements: how each table is read, and whether one that grows is read whole. */
import type { Database } from '../../src/persistence/database.ts';
import type { Session, SqlValue } from '../../src/persistence/session.ts';
import type { UnitOfWork } from '../../src/persistence/unit-of-work.ts';
import type { Step } from './plans-common.ts';
import { type MysqlRow, readMysqlPlan } from './plans-mysql.ts';
import { readSqlitePlan, type SqliteRow } from './plans-sqlite.ts';

export interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

export interface Explained {
  readonly sql: string;
  readonly steps: readonly Step[];
}

export interface Recording {
  /** Each once, with the values it was first asked with. */
  statements(): readonly Statement[];
}

/** Listens to every statement of a unit of work from now on. */
export function recordStatements(unitOfWork: UnitOfWork): Recording {
  const known = new Map<string, Statement>();
  const { run, read } = { ...unitOfWork };
  const listening = (session: Session): Session =>
    recording(session, (one) => known.set(one.sql, known.get(one.sql) ?? one));
  Object.assign(unitOfWork, {
    run: <T>(work: (session: Session) => Promise<T>) => run((session) => work(listening(session))),
    read: <T>(work: (session: Session) => Promise<T>) => read((session) => work(listening(session))),
  });
  return { statements: () => [...known.values()] };
}

function recording(session: Session, record: (statement: Statement) => void): Session {
  return {
    ...session,
    query(sql, params = []) {
      record({ sql, params });
      return session.query(sql, params);
    },
    execute(sql, params = []) {
      record({ sql, params });
      return session.execute(sql, params);
    },
  };
}

/** Plans of the statements that look rows up; what only puts rows in has none. */
export async function explainAll(
  { kind, unitOfWork }: Pick<Database, 'kind' | 'unitOfWork'>,
  statements: readonly Statement[],
): Promise<Explained[]> {
  const looking = statements.filter(({ sql }) => /^\s*(SELECT|UPDATE|DELETE)\b/i.test(sql));
  const explained: Explained[] = [];
  await unitOfWork.read(async (session) => {
    const rowsOf = kind === 'sqlite' ? new Map() : await countedRows(session);
    for (const { sql, params } of looking) {
      const steps =
        kind === 'sqlite'
          ? readSqlitePlan(sql, await session.query<SqliteRow>(`EXPLAIN QUERY PLAN ${sql}`, params))
          : readMysqlPlan(sql, await session.query<MysqlRow>(`EXPLAIN ${sql}`, params), rowsOf);
      explained.push({ sql: sql.replace(/\s+/g, ' ').replace(/\?(?:, \?)+/g, '?, …'), steps });
    }
  });
  return explained;
}

async function countedRows(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.query<{ name: string; count: number | string }>(
    'SELECT table_name AS name, table_rows AS count FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  return new Map(rows.map(({ name, count }) => [name, Number(count)]));
}

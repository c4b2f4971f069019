/** The few words migrations are written in: columns, tables, indexes, and a migration that makes some. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  type ColumnKind,
  type ColumnSpec,
  createIndex,
  createTable,
  dropIndex,
  dropTable,
  type TableSpec,
} from './create-table.ts';

interface Column extends ColumnSpec {
  /** May be NULL. */
  readonly optional: Column;
  /** Value of rows that do not say. */
  startsAt(value: number | string): Column;
}

function column(spec: ColumnSpec): Column {
  return {
    ...spec,
    get optional() {
      return column({ ...spec, nullable: true });
    },
    startsAt: (value) => column({ ...spec, initial: value }),
  };
}

const of = (kind: ColumnKind): Column => column({ kind, nullable: false, initial: null });

/** Our own 26-character ids, and platform-free keys up to 40 characters. */
export const id = of('id');
/** Milliseconds since the epoch, counters, money in minor units. */
export const integer = of('instant');
/** Text without a limit that matters (up to 16 MiB): payloads, JSON, messages. */
export const long = of('long');
/** Bytes as they are, in pieces that a packet holds. */
export const bytes = of('bytes');
export const flag = of('flag');
/** Short text of at most `length` characters; part of an index at most 191. */
export const str = (length: number): Column => of(`str${length}`);

/** A business table: rows belong to a company, and every key begins with it. */
export function business(columns: TableSpec['columns'], keys: Pick<TableSpec, 'unique' | 'index'> = {}): TableSpec {
  return { columns: { tenant_id: id, id, ...columns }, primary: ['tenant_id', 'id'], ...keys };
}

/** A migration that makes these tables, and drops them when it is taken back. `name` ends in 13 digits that order it. */
export function tables(name: string, specs: Readonly<Record<string, TableSpec>>): new () => MigrationInterface {
  return class {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const [table, spec] of Object.entries(specs)) await createTable(runner, table, spec);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const table of Object.keys(specs).reverse()) await dropTable(runner, table);
    }
  };
}

/** A migration that adds these indexes to tables that are there, and drops them when it is taken back. */
export function indexes(
  name: string,
  specs: Readonly<Record<string, readonly (readonly string[])[]>>,
): new () => MigrationInterface {
  return class {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const [table, lists] of Object.entries(specs))
        for (const columns of lists) await createIndex(runner, table, columns);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const [table, lists] of Object.entries(specs).reverse())
        for (const columns of lists) await dropIndex(runner, table, columns);
    }
  };
}

/** The other way round: what a migration made is dropped, and made again when this one is taken back. */
export function without(Part: new () => MigrationInterface): new () => MigrationInterface {
  return class {
    readonly name = '';
    readonly #part = new Part();

    up(runner: QueryRunner): Promise<void> {
      return this.#part.down(runner);
    }

    down(runner: QueryRunner): Promise<void> {
      return this.#part.up(runner);
    }
  };
}

/** A migration of several parts, which are taken back the other way round. */
export function together(
  name: string,
  ...parts: readonly (new () => MigrationInterface)[]
): new () => MigrationInterface {
  return class {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const Part of parts) await new Part().up(runner);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const Part of parts.toReversed()) await new Part().down(runner);
    }
  };
}

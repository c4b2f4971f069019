/** The port for moving a company as a whole: from one database to another, into a backup, and back. Throws StartError. */

export interface Moving {
  /** Copies all rows to an empty database and verifies them; `same: false` where something differs. */
  copy(from: string, to: string, progress: CopyProgress): Promise<CopyReport>;
  /** Copies a running SQLite database into one file and verifies it. */
  backup(url: string, file: string, options: { readonly overwrite: boolean }): Promise<BackupReport>;
  /** Puts a backup in the place of a SQLite database that nobody uses; the new name of what was there ends in `stamp`. */
  restore(file: string, url: string, stamp: string): Promise<RestoreReport>;
  /** Where a MySQL address leads; null for SQLite. Throws StartError for what is no address. */
  server(url: string): DatabaseServer | null;
  /** The whole path of a SQLite address. */
  file(url: string): string;
}

export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface CopyProgress {
  /** Begins to copy, or to compare. */
  begin(step: 'copy' | 'verify', tables: number): void;
  /** Every few seconds within a large table, and at its end (`done === total`). */
  rows(table: string, done: number, total: number): void;
}

export interface CopiedTable {
  readonly table: string;
  readonly from: TableSum;
  readonly to: TableSum;
  readonly same: boolean;
}

export interface TableSum {
  readonly rows: number;
  /** 32 hexadecimal digits over all values of all rows, whatever their order. */
  readonly checksum: string;
}

export interface CopyReport {
  readonly tables: readonly CopiedTable[];
  readonly rows: number;
  readonly same: boolean;
  readonly tookMs: number;
}

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly rows: number;
  readonly tables: number;
}

export interface RestoreReport {
  readonly file: string;
  readonly rows: number;
  /** The files that were there, under their new names. */
  readonly asideAt: readonly string[];
  /** What was there could not be read, so nobody can say whether a server was using it. */
  readonly unreadable: boolean;
}

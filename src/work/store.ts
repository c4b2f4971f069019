/** The ports of the store: transactions, and the rows of the installation. `Session` is an open transaction; only the store looks inside. */

export interface UnitOfWork<Session> {
  /**
   * Runs `work` in one transaction; a call inside another joins it, and if it fails the whole transaction fails. After
   * a deadlock, a lock time-out or a key that was taken meanwhile (MySQL 1213, 1205, 1062) the whole function runs again
   * in a new transaction, at most 3 times more: it must have no effect but rows.
   */
  run<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Reads outside a transaction; never sees uncommitted rows. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

/** Told how transactions fare, in seconds; must be cheap and must not throw. */
export interface TransactionWatch {
  /** One begins, after so long a wait for the one writer or for a connection of the pool. */
  began(waitedSeconds: number): void;
  ended(seconds: number, committed: boolean): void;
  /** It met another and runs again; `code` as the server gives it. */
  retried(code: number): void;
}

/** Why no row can be written. */
export interface Obstacle {
  readonly kind: 'full' | 'locked' | 'other';
  /** The database's own code. */
  readonly code: string;
}

export interface AccountRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly platform: string;
  readonly appKey: string;
  readonly externalTenant: string | null;
}

/** Calls of one kind that one account made on its platform. */
export interface UsageCount {
  readonly account: AccountRecord;
  readonly kind: string;
  readonly calls: number;
}

export interface CompanyStore<Session> {
  /** The first company of the installation; made on the first start. */
  firstTenant(): Promise<string>;
  companyName(tenantId: string): Promise<string>;
  renameCompany(tenantId: string, name: string): Promise<void>;
  /** What the installation was told, by the setting's name, as it is stored: for a start, before there is a policy. */
  settings(tenantId: string): Promise<ReadonlyMap<string, string>>;
  /** The row of an app on a platform; made when it is new. */
  account(tenantId: string, platform: string, appKey: string): Promise<AccountRecord>;
  /** Pins the platform's key of our company if none is pinned, and returns the pinned one. */
  pinExternalTenant(account: AccountRecord, externalTenant: string): Promise<string>;
  /** Where pulling a source has come to; null at the very beginning. */
  cursor(account: AccountRecord, name: string): Promise<string | null>;
  /** Moves the cursor; belongs to the transaction that stores the page. */
  moveCursor(session: Session, account: AccountRecord, name: string, value: string): Promise<void>;
  /** True when `holder` may pull the source until `until`: one puller per source. */
  takeTurn(account: AccountRecord, name: string, holder: string, until: number): Promise<boolean>;
  policyPointer(session: Session, tenantId: string): Promise<number | null>;
  policyDocument(session: Session, tenantId: string, version: number): Promise<string | null>;
  /** Stores a document as the next version and points to it; returns the version. */
  publishPolicy(tenantId: string, document: string, source: string): Promise<number>;
  /** Adds calls to the counters of a month (YYYY-MM), and returns them as they stand then, those of other instances included. */
  countUsage(month: string, calls: readonly UsageCount[]): Promise<readonly UsageCount[]>;
  /** True for exactly one caller per task and fire time. */
  claimTick(task: string, fireAt: number, owner: string): Promise<boolean>;
  /** Forgets which ticks before an instant were claimed. */
  forgetTicks(before: number): Promise<void>;
}

/** Somebody signed in on a page. */
export interface PageSession {
  readonly tenantId: string;
  /** SHA-256 of the token that the browser holds, lower-case hex. */
  readonly id: string;
  readonly staffId: string;
  /** The account by whose platform they signed in. */
  readonly accountId: string;
  /** When they signed in, ms: no session lasts longer than a week. */
  readonly signedInAt: number;
  /** When this token was given out, ms. */
  readonly createdAt: number;
  /** ms. */
  readonly expiresAt: number;
}

export interface PageSessions {
  create(session: PageSession): Promise<void>;
  /** Null when it is unknown or was over at `now`. */
  find(
    tenantId: string,
    id: string,
    now: number,
  ): Promise<{ readonly session: PageSession; readonly staffActive: boolean } | null>;
  /**
   * Puts `next` in the place of `old`, which lives on until `oldUntil` for requests under way. False, and nothing is
   * done, when another request was first.
   */
  rotate(old: PageSession, next: PageSession, oldUntil: number): Promise<boolean>;
  /** These return how many went. */
  remove(tenantId: string, id: string): Promise<number>;
  removeAllOf(tenantId: string, staffId: string): Promise<number>;
  removeExpired(now: number): Promise<number>;
}

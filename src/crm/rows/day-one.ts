/** Rows of a colleague's and a company's first day, and of what pages add to customers and deals. */
import type { TenantRow } from './tenant-row.ts';

/** What the installation was told on its set-up page; the id is the setting's name. */
export interface SettingRow extends TenantRow {
  /** JSON, or sealed where it is secret. */
  value: string;
  updatedAt: number;
}

/** A colleague was greeted; the id is the colleague's. */
export interface GreetingRow extends TenantRow {
  sentAt: number;
}

/** A group that the policy speaks of by name, such as the supervisors'; the id is its key. */
export interface NamedGroupRow extends TenantRow {
  chatId: string;
  boundBy: string;
  boundAt: number;
}

/** A code that joins the identity of whoever says it to the bot with the colleague it was given to. */
export interface LinkCodeRow extends TenantRow {
  staffId: string;
  codeHash: string;
  expiresAt: number;
  usedAt: number | null;
}

/** Something a colleague has to do, for a customer, a deal or neither. */
export interface TaskRow extends TenantRow {
  customerId: string | null;
  opportunityId: string | null;
  ownerId: string;
  title: string;
  /** Null: some time. */
  dueAt: number | null;
  cause: 'manual' | 'stage';
  /** The task template of the policy that made it. */
  templateKey: string | null;
  createdBy: string | null;
  createdAt: number;
  doneAt: number | null;
  doneBy: string | null;
  /** Raised by every change. */
  version: number;
}

/** A field of the policy filled in on a deal. */
export interface DealFieldRow extends TenantRow {
  opportunityId: string;
  fieldKey: string;
  value: string;
  updatedBy: string;
  updatedAt: number;
}

/** Whoever holds the row goes first; the id says with what. */
export type TurnRow = TenantRow;

/** A customer that went into another one; the id is the one that went. */
export interface CustomerMergeRow extends TenantRow {
  intoId: string;
  mergedBy: string;
  mergedAt: number;
  /** How many rows of each kind went along. */
  moved: Readonly<Record<string, number>>;
}

/** A program that may use the API; the id is that of the staff row it works as, which nobody else is. */
export interface ServiceTokenRow extends TenantRow {
  tokenHash: string;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

/** What a creating call was answered; the id is a hash of who asked and the key they gave. */
export interface AnsweredCallRow extends TenantRow {
  /** Hash of what was asked: the same key with another request is a mistake of the caller's. */
  requestHash: string;
  /** The answer, JSON; empty while the call is under way. */
  answer: string;
  createdAt: number;
}

/** Rows about business: leads, opportunities, and every move of an opportunity with what caused it. */
import type { TenantRow } from './tenant-row.ts';

export interface LeadRow extends TenantRow {
  name: string;
  ownerId: string;
  chatId: string;
  status: 'open' | 'converted' | 'dropped';
  /** The opportunity it became. */
  opportunityId: string | null;
  createdAt: number;
  version: number;
}

export interface OpportunityRow extends TenantRow {
  customerId: string;
  name: string;
  ownerId: string;
  stage: string;
  stageEnteredAt: number;
  status: 'open' | 'won' | 'lost' | 'withdrawn';
  amountMinor: number | null;
  currency: string;
  lostReason: string | null;
  createdAt: number;
  closedAt: number | null;
  policyVersion: number;
  /** Raised by every change of stage or status; guards against two changes at once. */
  version: number;
}

export type ChangeCause = 'signal' | 'confirmed' | 'manual' | 'undo';

/** One move of one deal, with what caused it. */
export interface StageChangeRow extends TenantRow {
  opportunityId: string;
  fromStage: string;
  toStage: string;
  /** When the deal had entered `fromStage`: the dwell is `at` minus this, and undoing restores the clock. */
  fromEnteredAt: number;
  cause: ChangeCause;
  staffId: string | null;
  /** The message that caused it, and its words as they stood: evidence stays with the deal. */
  messageId: string | null;
  quote: string | null;
  speakerName: string | null;
  ruleKey: string | null;
  policyVersion: number;
  opportunityVersion: number;
  /** The lead that this move converted, so that undoing can give it back. */
  leadId: string | null;
  at: number;
  undoableUntil: number | null;
  undoneAt: number | null;
}

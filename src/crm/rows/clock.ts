/** Rows of the stage clock: how long a deal or lead has stood, whom that was told, and when people are away. */
import type { TenantRow } from './tenant-row.ts';

/** The clock of one open deal or open lead; the id is the deal's or the lead's. */
export interface StageClockRow extends TenantRow {
  subject: 'deal' | 'lead';
  /** Empty for a lead where the pipeline has no stage before deals. */
  stage: string;
  customerId: string | null;
  /** Each stage entered, each progress, and each extension after an alert begins a new one; it names the alerts of it. */
  round: string;
  /** Since when time is counted, ms. */
  fromAt: number;
  /** What the stage waits for has come: the quote went out, or we answered; ms. */
  metAt: number | null;
  /** Levels of the ladder that are behind us in this round. */
  level: number;
  /** When the next level is due; null when there is none, or the stage has no limit. */
  nextAt: number | null;
  /** Somebody is at it: nothing is told before this instant. */
  heldUntil: number | null;
  heldBy: string | null;
  /** Working ms granted in this round, and how often something was granted in this stage. */
  extendedMs: number;
  extensions: number;
  highRisk: boolean;
  /** The policy that `nextAt` was reckoned by. */
  policyVersion: number;
  /** Raised by every change. */
  version: number;
}

/** What may count as progress: the customer wrote, one of us wrote, or something was noted. */
export type Touch = 'customer' | 'staff' | 'activity';

/** One level of one round, told to one colleague or one named group. */
export interface AlertRow extends TenantRow {
  /** The clock, and so the deal or lead. */
  clockId: string;
  customerId: string | null;
  stage: string;
  /** The clock's. */
  round: string;
  fromAt: number;
  /** 1 for the first of the ladder. */
  level: number;
  /** `staff`: `toId` is a colleague's; `group`: the key of a named group. */
  toKind: 'staff' | 'group';
  toId: string;
  /** `waiting` for its hour or its card · `shown` on a card · `over`: moved, closed, or somebody is at it. */
  state: 'waiting' | 'shown' | 'over';
  /** Not told before: quiet hours. */
  showAt: number;
  cardId: string | null;
  createdAt: number;
  endedAt: number | null;
  /** How it ended, one Chinese sentence. */
  outcome: string | null;
}

/** A colleague does not work in [fromAt, untilAt). */
export interface LeaveTimeRow extends TenantRow {
  staffId: string;
  fromAt: number;
  untilAt: number;
  createdBy: string;
  createdAt: number;
  /** Taken back. */
  endedAt: number | null;
}

/** How a colleague wants to be told; the id is the colleague's. */
export interface StaffPreferenceRow extends TenantRow {
  /** Local times HH:MM between which nothing is pushed; both null: as the policy says. */
  quietFrom: string | null;
  quietTo: string | null;
  /** `now`: alerts at once · `digest`: once a day with the digest. */
  alerts: 'now' | 'digest';
  /** The morning list is sent. */
  morning: boolean;
  updatedAt: number;
}

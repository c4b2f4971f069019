/** Questions about clocks that are more than equality on one table. */
import type { AlertRow, LeaveTimeRow, StaffPreferenceRow, StageClockRow, Touch } from '../rows/clock.ts';
import type { LeadRow, OpportunityRow } from '../rows/deals.ts';
import type { CollaboratorRow, CustomerProfileRow } from '../rows/organisation.ts';

export interface ClockQueries {
  /** Clocks whose next level is due, those that have waited longest first; held. */
  dueClocks(now: number, limit: number): Promise<StageClockRow[]>;
  /** Clocks that were reckoned by another policy than this version; held. */
  staleClocks(version: number, limit: number): Promise<StageClockRow[]>;
  /** Writes what sweeping and reckoning change of clocks that are held: stage, metAt, level, nextAt, highRisk and policyVersion; raises their version. */
  writeClocks(clocks: readonly StageClockRow[]): Promise<void>;
  /** Clocks of these deals and leads are to be reckoned anew; returns how many. */
  markStale(ids: readonly string[]): Promise<number>;
  dealsByIds(ids: readonly string[]): Promise<OpportunityRow[]>;
  leadsByIds(ids: readonly string[]): Promise<LeadRow[]>;
  /** Leave of these colleagues that is not over at an instant, without what was taken back. */
  leavesOf(staffIds: readonly string[], since: number): Promise<LeaveTimeRow[]>;
  preferencesOf(staffIds: readonly string[]): Promise<StaffPreferenceRow[]>;
  helpersOf(customerIds: readonly string[]): Promise<CollaboratorRow[]>;
  profilesOf(customerIds: readonly string[]): Promise<CustomerProfileRow[]>;
  /** Drops those that were told already; returns how many were new. */
  insertAlerts(rows: readonly Omit<AlertRow, 'tenantId'>[]): Promise<number>;
  /** Drops those that are there already; returns how many were new. */
  insertClocks(rows: readonly Omit<StageClockRow, 'tenantId'>[]): Promise<number>;
  /** Of the next `limit` deals and leads after these ids: the open ones without a clock, and the last ids looked at; null at the end. */
  withoutClock(
    after: { readonly deal: string | null; readonly lead: string | null },
    limit: number,
  ): Promise<{
    readonly deals: readonly string[];
    readonly leads: readonly string[];
    readonly deal: string | null;
    readonly lead: string | null;
  }>;
  /** When the customer or one of us last wrote in these chats, or somebody noted something: the newest of the kinds asked for, ms. */
  lastTouch(
    of: { readonly customerId: string } | { readonly leadId: string },
    kinds: readonly Touch[],
  ): Promise<number | null>;
}

/** Asks for agreement, when the policy wants any; and takes the request back. */
import type { ApprovalRow } from '../rows/approvals.ts';
import type { Tx } from '../tx.ts';
import type { SubjectKind } from './subjects.ts';

export interface SubjectRef {
  readonly kind: SubjectKind;
  readonly id: string;
}

export type Submitted =
  /** `approval: null`: no rule asks for agreement; the caller goes on as agreed. The approval may have passed at once: see its state. */
  | { readonly ok: true; readonly approval: ApprovalRow | null }
  /** `why` in Chinese, says what is in the way. */
  | { readonly ok: false; readonly reason: 'unknown' | 'nobody'; readonly why: string }
  | { readonly ok: false; readonly reason: 'already_open'; readonly approvalId: string; readonly why: string };

export type SubmitForApproval = (tx: Tx, asked: SubjectRef & { readonly submitterId: string }) => Promise<Submitted>;

export type Withdrawn =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'closed' | 'not_yours'; readonly why: string };

/** By the subject; only the one who submitted it. Calls the subject's `withdrawn`. */
export type WithdrawApproval = (tx: Tx, asked: SubjectRef & { readonly staffId: string }) => Promise<Withdrawn>;

/** What submitting would ask for now, step by step; empty when nothing. */
export type ForeseeApproval = (
  tx: Tx,
  asked: SubjectRef & { readonly submitterId: string },
) => Promise<
  readonly { readonly step: string; readonly reasons: readonly string[]; readonly people: readonly string[] }[]
>;

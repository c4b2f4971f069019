/** What can be asked about: how each kind of subject is looked at, and what follows from how it ended. */
import type { Tx } from '../tx.ts';
import type { Facts } from './shape.ts';

/** A subject as approvers see it. */
export interface SubjectPicture {
  readonly title: string;
  readonly customerId: string;
  readonly currency: string;
  readonly facts: Facts;
  /** Its page below the public URL; null while there is none. */
  readonly path: string | null;
}

/** How an approval ended, for the subject to follow. */
export interface EndedApproval {
  readonly approvalId: string;
  readonly subjectId: string;
  /** Who decided last or took it back; null when a rule did. */
  readonly staffId: string | null;
  /** One Chinese sentence: who, what, and why where a reason was given. */
  readonly outcome: string;
}

export interface ApprovalSubject {
  /** Null when there is no such subject. */
  picture(tx: Tx, id: string): Promise<SubjectPicture | null>;
  /** Each within the transaction of the decision. */
  approved(tx: Tx, ended: EndedApproval): Promise<void>;
  rejected(tx: Tx, ended: EndedApproval): Promise<void>;
  withdrawn(tx: Tx, ended: EndedApproval): Promise<void>;
}

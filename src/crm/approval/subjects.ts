/** What can be asked about: how each kind of subject is looked at, and what follows from how it ended. */
import type { CardLink } from '../../channel/card.ts';
import type { Desk, Done } from '../access/desk.ts';
import type { Tx } from '../tx.ts';
import type { Facts } from './shape.ts';

/** A subject as approvers see it. */
export interface SubjectPicture {
  readonly title: string;
  readonly customerId: string;
  /** Whose business it is now: the deal's owner. */
  readonly ownerId: string;
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
  /** A line in the customer's timeline; `what` follows the subject's name. `staffId`: null for what a rule did. */
  tell(tx: Tx, id: string, line: { readonly staffId: string | null; readonly what: string }): Promise<void>;
  /** Of one that was refused: the way to what was made of it; null while there is nothing. */
  remade(tx: Tx, id: string): Promise<CardLink | null>;
  /** Begins it anew, to be changed and submitted again. */
  remake(desk: Desk, id: string): Promise<Done<CardLink>>;
}

/** What was refused has been begun anew, wherever from: the button on the card that brought the refusal has done its work. */
import { closeSubjectCards } from '../card/close-moot-cards.ts';
import type { Tx } from '../tx.ts';
import type { SubjectKind } from './shape.ts';

/** The matter of the card that brings a refusal. */
export const verdictOf = (kind: SubjectKind, subjectId: string): string => `verdict:${kind}:${subjectId}`;

/** `outcome`: a Chinese sentence. */
export const endVerdict = (tx: Tx, kind: SubjectKind, subjectId: string, outcome: string): Promise<void> =>
  closeSubjectCards(tx, verdictOf(kind, subjectId), outcome);

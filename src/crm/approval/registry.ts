/** The subjects by their kind. */
import { quoteSubject } from '../quote/quote-subject.ts';
import type { SubjectKind } from './shape.ts';
import type { ApprovalSubject } from './subjects.ts';

export const SUBJECTS: Readonly<Record<SubjectKind, ApprovalSubject>> = { quote: quoteSubject };

/** The subjects by their kind. */
import { quoteSubject } from '../quote/quote-subject.ts';
import type { ApprovalSubject, SubjectKind } from './subjects.ts';

export const SUBJECTS: Readonly<Record<SubjectKind, ApprovalSubject>> = { quote: quoteSubject };

/** An office in which somebody has submitted a quote: 小孙 under 王总 under 陈总, and 周总, who administers it with 陈总. */
import { type Submitted, submitForApproval } from '../../../src/crm/approval/submit.ts';
import type { QuoteRow } from '../../../src/crm/rows/quotes.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import { NOW } from '../../store/open-store.ts';
import { type Office, openOffice } from '../office.ts';

export interface Firm extends AsyncDisposable {
  readonly office: Office;
  readonly quoteId: string;
  readonly staff: Readonly<Record<'sun' | 'wang' | 'chen' | 'zhou', string>>;
  submit(): Promise<Submitted>;
  /** The open approval, or the last. */
  approvalId(): Promise<string>;
  later<T>(at: number, work: (tx: Tx) => Promise<T>): Promise<T>;
  quote(): Promise<QuoteRow | null>;
}

/** 12 % off and worth 600,000: the supervisor, then an administrator. */
export async function openFirm(figures: Partial<QuoteRow> = {}): Promise<Firm> {
  const office = await openOffice();
  const chen = await office.employ('陈总', { role: 'admin' });
  const zhou = await office.employ('周总', { role: 'admin' });
  const wang = await office.employ('王总', { role: 'manager', supervisorId: chen });
  const sun = await office.employ('小孙', { supervisorId: wang });
  const customerId = await office.customer('恒锐', sun);
  const opportunityId = await office.deal(customerId, '热泵', sun, 'qualified');
  const quoteId = await office.run(async (tx) => {
    const row = await tx.quote.insert({ ...draft(tx), customerId, opportunityId, ownerId: sun, ...figures });
    return row.id;
  });
  return {
    office,
    quoteId,
    staff: { sun, wang, chen, zhou },
    submit: () => office.run((tx) => submitForApproval(tx, { kind: 'quote', id: quoteId, submitterId: sun })),
    approvalId: async () => (await office.run((tx) => tx.approval.list({}, { descending: true })))[0]?.id ?? '',
    later: (at, work) => office.run((tx) => work({ ...tx, now: at })),
    quote: () => office.run((tx) => tx.quote.get(quoteId)),
    [Symbol.asyncDispose]: () => office[Symbol.asyncDispose](),
  };
}

const draft = (tx: Tx) => ({
  ...{ id: tx.newId(), contactId: null, number: 'Q20260921-001', revision: 1, title: '热泵机组' },
  ...{ status: 'submitted' as const, currency: 'CNY', taxBp: 1300, taxIncluded: true, validUntil: null },
  ...{ terms: null, remark: null, netMinor: 53_097_345, grossMinor: 60_000_000, marginBp: 2_000, discountBp: 1_200 },
  ...{ createdAt: NOW, updatedAt: NOW, submittedAt: NOW, decidedAt: null, sentAt: null, seenAt: null },
  ...{ closedAt: null, version: 2 },
});

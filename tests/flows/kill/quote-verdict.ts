/** Judges the quotes: one approval a submission, one decision a step, every card ended, everybody told once. */
import type { FeishuEmulator } from '../../../sandbox/feishu/index.ts';
import type { App } from '../../../src/app.ts';
import { REFUSAL } from './quoting.ts';
import type { Seller, Sellers } from './sellers.ts';

/** Compares by what is written as JSON, and notes what is otherwise. */
export type Expect = (what: string, is: unknown, should: unknown) => void;

/** The supervisor, then two administrators of whom one decides. */
const CARDS_PER_QUOTE = 3;

export async function judgeQuotes(
  app: App,
  platform: FeishuEmulator,
  sellers: Sellers,
  expect: Expect,
): Promise<{ readonly approvals: number; readonly decisions: number }> {
  let decisions = 0;
  for (const seller of sellers.list) decisions += await judgeQuote(app, platform, { sellers, seller }, expect);
  const approvals = (await app.look((tx) => tx.approval.list({}))).length;
  expect('approvals', approvals, sellers.list.length);
  return { approvals, decisions };
}

async function judgeQuote(
  app: App,
  platform: FeishuEmulator,
  { sellers, seller }: { readonly sellers: Sellers; readonly seller: Seller },
  judge: Expect,
): Promise<number> {
  const { title, agreed, dealId, person } = seller;
  const expect: Expect = (what, is, should) => judge(`${what} of ${title}`, is, should);
  const left = await readQuote(app, dealId);
  const end = agreed ? 'approved' : 'rejected';
  expect('the quotes', left.quotes, [agreed ? 'sent' : 'rejected']);
  expect('the approvals', left.approvals, [end]);
  expect('the steps', left.steps, ['approved', end]);
  expect('the seats', left.seats.sort(), [...(agreed ? ['approved', 'approved'] : ['approved', 'rejected']), 'spared']);
  expect('the deal', left.stage, agreed ? 'quoted' : 'qualified');
  expect('the moves of the deal', left.moves, agreed ? 1 : 0);
  expect('the audit', left.audit, [
    ...(agreed ? ['approval.agree', 'approval.agree'] : ['approval.agree', 'approval.refuse']),
    'approval.submit',
    ...(agreed ? ['quote.approve', 'quote.send'] : ['quote.reject']),
    'quote.submit',
  ]);
  const happened = (words: string) => left.timeline.filter((text) => text.includes(words)).length;
  expect('the timeline', [happened('已提交审批'), happened(agreed ? '已批准' : '被驳回')], [1, 1]);

  const shown = [seller.boss, ...sellers.admins].flatMap((one) =>
    platform.cardsOf(one).filter(({ text }) => text.includes(title)),
  );
  expect('open cards', left.cards.filter(({ status }) => status !== 'closed').length, 0);
  expect('cards', left.cards.length, CARDS_PER_QUOTE);
  const sent = left.cards.flatMap(({ messageId }) => messageId ?? []);
  expect('cards on the platform', shown.map(({ messageId }) => messageId).sort(), sent.sort());
  expect('buttons', shown.flatMap(({ buttons }) => buttons).length, 0);
  const outcome = agreed ? '已同意' : REFUSAL;
  expect('cards that tell how it ended', shown.filter(({ text }) => text.includes(outcome)).length, shown.length);
  // Agreed, in words; refused, on a card that begins anew.
  const [texts, cards] = [platform.textsOf(person), platform.cardsOf(person).map(({ text }) => text)];
  const told = [...texts, ...cards].filter((text) => text.includes(title));
  expect('what the submitter was told', told.map((text) => text.includes(agreed ? '通过了' : REFUSAL)).join(), 'true');
  return left.seats.filter((state) => state === 'approved' || state === 'rejected').length;
}

/** What is stored about the one quote of a deal. */
async function readQuote(app: App, dealId: string) {
  return app.look(async (tx) => {
    const quotes = await tx.quote.list({ opportunityId: dealId });
    const subjectId = quotes[0]?.id ?? '';
    const approvals = await tx.approval.list({ subjectId });
    const approvalId = approvals[0]?.id ?? '';
    const notes = await tx.auditEntry.list({ entityId: subjectId });
    const wanted = ({ action }: { action: string }) => /^approval\.|^quote\.(submit|approve|reject|send)$/.test(action);
    return {
      quotes: quotes.map(({ status }) => status),
      approvals: approvals.map(({ state }) => state),
      steps: (await tx.approvalStep.list({ approvalId }, { orderBy: 'position' })).map(({ state }) => state),
      seats: (await tx.approvalSeat.list({ approvalId })).map(({ state }) => state as string),
      cards: await tx.card.list({ subject: `approval:${approvalId}` }),
      stage: (await tx.opportunity.get(dealId))?.stage,
      moves: (await tx.stageChange.list({ opportunityId: dealId })).length,
      audit: notes
        .filter(wanted)
        .map(({ action }) => action)
        .sort(),
      timeline: (await tx.activity.list({ opportunityId: dealId })).map(({ text }) => text),
    };
  });
}

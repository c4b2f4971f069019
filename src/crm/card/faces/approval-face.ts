/** The question to whoever has to agree: what it is about in figures, why it is asked, what others said. 同意 · 驳回. */
import type { Card, CardBlock, CardLink } from '../../../channel/card.ts';
import { SUBJECTS } from '../../approval/registry.ts';
import type { Approval, Facts } from '../../approval/shape.ts';
import { readApproval } from '../../approval/store.ts';
import { approvalWords, type Names, namedIn } from '../../approval/words.ts';
import { currentCustomer } from '../../customer/merged-into.ts';
import { maySeeCosts } from '../../quote/costs.ts';
import type { ApprovalRow } from '../../rows/approvals.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { Tx } from '../../tx.ts';
import { ago, money } from './figures.ts';
import { buttonOf, buttonsBlock, choiceBlock, customerLink, linksBlock, outcomeBlock } from './parts.ts';

/** What can be said with one tap; anything else is said on the page. */
export const REFUSALS: readonly string[] = [
  '价格太低',
  '毛利不够',
  '折扣太大',
  '付款条件要改',
  '交期做不到',
  '资料不全',
];

const TITLES = { open: '', approved: '已通过', rejected: '已驳回', withdrawn: '已撤回' } as const;
const TONES = { open: 'neutral', approved: 'success', rejected: 'danger', withdrawn: 'neutral' } as const;

export async function drawApproval(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const stored = await readApproval(tx, card.data.approvalId ?? '');
  if (!stored) return { title: '这个审批已经不在了', tone: 'neutral', summary: '这个审批已经不在了', blocks: [] };
  const { row, approval } = stored;
  const names = await tx.queries.staffNames(namedIn(approval));
  const asks = card.status === 'open';
  const ended = TITLES[approval.state];
  const title = asks ? `请审批：${row.title}` : `${ended === '' ? '审批' : ended}：${row.title}`;
  const why: CardBlock[] = asks && card.data.why ? [{ type: 'text', style: 'muted', text: card.data.why }] : [];
  const picture = await SUBJECTS[row.subjectKind].picture(tx, row.subjectId);
  const page = picture?.path ? { label: '打开报价单', path: picture.path } : null;
  return {
    title,
    tone: asks ? 'warning' : TONES[approval.state],
    summary: asks ? `请审批：${row.title} ${money(row.facts.amountMinor, row.currency)}` : (card.outcome ?? title),
    blocks: [
      { type: 'text', style: 'emphasis', text: row.reasons.join('、') },
      { type: 'fields', fields: await factFields(tx, stored, card, names) },
      ...said(tx, approval, names),
      ...why,
      ...closing(card, approval, names),
      ...buttonsBlock(buttonOf(card, actions, 'agree', '同意', 'primary')),
      ...choiceBlock(card, actions, 'refuse', {
        placeholder: '驳回的原因',
        options: REFUSALS.map((reason) => ({ value: reason, label: reason })),
        label: '驳回',
        style: 'danger',
      }),
      ...linksBlock(approvalLink(row.id, asks), page, customerLink(row.customerId)),
    ],
  };
}

async function factFields(
  tx: Tx,
  { row, approval }: { readonly row: ApprovalRow; readonly approval: Approval },
  card: CardRow,
  names: Names,
): Promise<{ label: string; value: string }[]> {
  const customer = await currentCustomer(tx, row.customerId);
  const reader = await tx.staff.get(card.staffId);
  const step = approval.steps[card.data.step ?? -1];
  const count = approval.steps.length;
  const place = count > 1 ? `（${(card.data.step ?? 0) + 1}/${count}）` : '';
  const insteadOf = step?.seats.find(({ staffId }) => staffId === card.staffId)?.insteadOf ?? null;
  const instead = insteadOf === null ? '' : `，代${names.get(insteadOf) ?? '同事'}`;
  return [
    { label: '客户', value: customer?.name ?? '（已不在）' },
    { label: '提交人', value: names.get(row.submitterId) ?? '同事' },
    ...figures(row.facts, row.currency, reader !== null && maySeeCosts(tx, reader)),
    ...(step ? [{ label: '节点', value: `${step.plan.name}${place}${instead}` }] : []),
  ];
}

const figures = ({ amountMinor, marginBp, discountBp }: Facts, currency: string, seesCosts: boolean) => [
  { label: '金额', value: money(amountMinor, currency) },
  ...(seesCosts ? [{ label: '毛利率', value: marginBp === null ? '成本没有填全' : percent(marginBp) }] : []),
  {
    label: '折扣',
    value: discountBp === 0 ? '没有' : discountBp > 0 ? percent(discountBp) : `加价 ${percent(-discountBp)}`,
  },
];

/** Another reason, and handing it to a colleague, want more room than a card has. */
const approvalLink = (id: string, asks: boolean): CardLink => ({
  label: asks ? '另写原因或转交' : '打开审批',
  path: `/app/approvals/${id}`,
});

/** 12.5% */
const percent = (basisPoints: number): string => `${basisPoints / 100}%`;

/** What others have decided so far, the last with it. */
function said(tx: Tx, { steps }: Approval, names: Names): CardBlock[] {
  const decided = steps.flatMap(({ plan, seats }) =>
    seats
      .filter(({ state, at }) => at !== null && (state === 'approved' || state === 'rejected'))
      .map((seat) => ({ ...seat, step: plan.name })),
  );
  return decided.map(({ staffId, state, comment, at, step }) => {
    const what = state === 'approved' ? '同意' : '驳回';
    const when = at === null ? '' : ` · ${ago(tx.active.calendar, tx.now, at)}`;
    const words = comment === null ? '' : `：${comment}`;
    return { type: 'text', text: `${step} ${names.get(staffId) ?? '同事'} ${what}${words}${when}` };
  });
}

/** How it went on for this person, and how it stands as a whole where that is more. */
function closing(card: CardRow, approval: Approval, names: Names): CardBlock[] {
  if (card.status === 'open') return [];
  const whole = approvalWords(approval, names);
  if (whole === card.outcome) return outcomeBlock(card);
  return [...outcomeBlock(card), { type: 'text', style: 'muted', text: `现在：${whole}` }];
}

/** The question to whoever has to agree: what it is about in figures, why it is asked, what others said. 同意 · 驳回. */
import type { Card, CardBlock, CardLink } from '../../../channel/card.ts';
import { SUBJECTS } from '../../approval/registry.ts';
import type { Approval } from '../../approval/shape.ts';
import { readApproval, type StoredApproval } from '../../approval/store.ts';
import { approvalWords, type Names, namedIn } from '../../approval/words.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { Tx } from '../../tx.ts';
import { approvalFacts, lastComments, opinions } from './approval-facts.ts';
import { consequenceBlock } from './consequence-block.ts';
import { exactMoney } from './figures.ts';
import { buttonOf, choiceName, customerLink, linksBlock, outcomeBlock } from './parts.ts';

/** The form's place to type, and the most it takes: what the row of a seat takes. */
export const WORDS = 'words';
export const MOST_WORDS = 500;

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
  const facts = await approvalFacts(tx, row, card.staffId);
  const why = asks && card.data.why ? `${card.data.why}。` : '';
  const picture = await SUBJECTS[row.subjectKind].picture(tx, row.subjectId);
  const page = picture?.path ? { label: '打开报价单', path: picture.path } : null;
  return {
    title,
    tone: asks ? 'warning' : TONES[approval.state],
    summary: asks ? `请审批：${row.title} ${exactMoney(row.facts.amountMinor, row.currency)}` : (card.outcome ?? title),
    blocks: [
      ...closing(card, approval, names),
      { type: 'fields', fields: facts },
      { type: 'text', ...(asks && { style: 'emphasis' }), text: `为什么要批：${row.reasons.join('、')}` },
      ...opinions(tx, approval, names),
      ...(await lastComments(tx, row.id)),
      { type: 'text', style: 'muted', text: `${why}${whoAsks(stored, card, names)}` },
      ...(await consequenceBlock(tx, stored)),
      ...decisionBlock(tx, stored, card, actions),
      ...linksBlock(approvalLink(row.id, asks), page, customerLink(row.customerId)),
    ],
  };
}

/** 李娜提交 · 第 1/2 步「直接主管」 · 代王总 */
function whoAsks({ row, approval }: StoredApproval, card: CardRow, names: Names): string {
  const step = approval.steps[card.data.step ?? -1];
  const count = approval.steps.length;
  const place = count > 1 ? `第 ${(card.data.step ?? 0) + 1}/${count} 步` : '';
  const insteadOf = step?.seats.find(({ staffId }) => staffId === card.staffId)?.insteadOf ?? null;
  return [
    `${names.get(row.submitterId) ?? '同事'}提交`,
    ...(step ? [`${place}「${step.plan.name}」`] : []),
    ...(insteadOf === null ? [] : [`代${names.get(insteadOf) ?? '同事'}`]),
  ].join(' · ');
}

/** 同意 and 驳回 with a reason picked or typed, as far as the platform has places for them. */
function decisionBlock(
  tx: Tx,
  { row }: StoredApproval,
  card: CardRow,
  actions: readonly CardActionRow[],
): readonly CardBlock[] {
  const agree = buttonOf(card, actions, 'agree', '同意', 'primary');
  const [refuse] = buttonOf(card, actions, 'refuse', '驳回', 'danger');
  if (!refuse) return [];
  const { reasons } = tx.active.policy.approvals[row.subjectKind];
  const optional = row.rules.reason !== 'required';
  return [
    {
      type: 'choice',
      name: choiceName(card, 'refuse'),
      placeholder: '驳回原因',
      options: reasons.map((reason) => ({ value: reason, label: reason })),
      submit: refuse,
      optional,
      none: optional ? '不写原因' : '请选择原因',
      words: {
        name: WORDS,
        placeholder: optional ? '意见，可以不写' : '同意时可以不写，驳回时写明原因',
        maxLength: MOST_WORDS,
      },
      beside: agree,
    },
  ];
}

/** A reason of one's own, words to others, and handing it to a colleague want more room than a card has. */
const approvalLink = (id: string, asks: boolean): CardLink => ({
  label: asks ? '写理由或转交' : '打开审批',
  path: `/app/approvals/${id}`,
});

/** How it went on for this person, and how it stands as a whole where that is more. */
function closing(card: CardRow, approval: Approval, names: Names): CardBlock[] {
  if (card.status === 'open') return [];
  const whole = approvalWords(approval, names);
  if (card.outcome?.startsWith(whole)) return outcomeBlock(card);
  return [...outcomeBlock(card), { type: 'text', style: 'muted', text: `现在：${whole}` }];
}

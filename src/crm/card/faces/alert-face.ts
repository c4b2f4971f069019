/** What stands still, for those who are to hear of it: since when, the customer's last words, the next step; 我来跟进 · 推进 · 延期. */
import type { Card, CardBlock, CardLink } from '../../../channel/card.ts';
import { type AlertFacts, alertFacts, lastSaid, nextStep } from '../../alert/facts.ts';
import { hearingOf } from '../../alert/hears.ts';
import { alertsOnCard, MOST_LINES } from '../../alert/on-card.ts';
import { extensionMs, howMany, workingSpan } from '../../alert/words.ts';
import { stageName } from '../../opportunity/pipeline.ts';
import type { CardActionKind, CardActionRow, CardRow } from '../../rows/cards.ts';
import type { AlertRow } from '../../rows/clock.ts';
import type { Tx } from '../../tx.ts';
import { day } from './figures.ts';
import { buttonOf, buttonsBlock, choiceName, customerLink, dealLink, linksBlock } from './parts.ts';

/** Where everything that stands too long is listed. */
export const overdueLink = (count: number): CardLink => ({ label: `超时清单（${count}）`, path: '/app/overdue' });

const SHOWN_OVER = 3;
/** Above the lines of several: a line, not a page. */
const QUOTE_CHARS = 40;

export async function drawAlert(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const { open, over } = await alertsOnCard(tx, card.id);
  const [only, ...others] = open.length > 0 ? open : over;
  const ended = open.length === 0;
  const risky = open.some(({ level }) => level >= 3);
  if (only && others.length === 0) return drawOne(tx, card, actions, { alert: only, over, ended, risky });
  const title = ended ? endedTitle(over) : `${howMany(tx.active.policy, open)}停留太久`;
  return {
    title,
    tone: ended ? 'neutral' : risky ? 'danger' : 'warning',
    summary: title,
    blocks: [
      ...(await lines(tx, card, actions, open)),
      ...(await overBlocks(tx, over)),
      ...linksBlock(open.length > 0 ? overdueLink(open.length) : null),
    ],
  };
}

interface Only {
  readonly alert: AlertRow;
  readonly over: readonly AlertRow[];
  readonly ended: boolean;
  readonly risky: boolean;
}

async function drawOne(
  tx: Tx,
  card: CardRow,
  actions: readonly CardActionRow[],
  { alert, over, ended, risky }: Only,
): Promise<Card> {
  const { calendar, policy } = tx.active;
  const facts = await alertFacts(tx, alert);
  const hears = await hearingOf(tx, card.staffId);
  const said = !ended && (await hears(facts)) ? await lastSaid(tx, facts) : null;
  const names = await tx.queries.staffNames(facts.ownerId === null ? [] : [facts.ownerId]);
  const owner = facts.ownerId === card.staffId ? null : names.get(facts.ownerId ?? '');
  const title = ended ? `${facts.name}：已处理` : `${facts.name}：在「${facts.stageName}」停留太久`;
  const reasons = policy.alerts.extend.reasons.map((reason) => ({ value: reason, label: reason }));
  const find = buttonsOf(card, actions, alert);
  const target = facts.nextStage;
  const extend = find('alert_extend', `延 ${workingSpan(policy, extensionMs(policy, alert.stage))}`)[0];
  const blocks: CardBlock[] = [
    {
      type: 'fields',
      fields: [
        ...(facts.customerName === null ? [] : [{ label: '客户', value: facts.customerName }]),
        ...(owner === null || owner === undefined ? [] : [{ label: '负责人', value: owner }]),
        { label: '阶段', value: `${facts.stageName}，${day(calendar, tx.now, alert.fromAt)}起` },
        ...(ended ? [] : [{ label: '下一步', value: await nextStep(tx, facts) }]),
      ],
    },
    ...(ended ? [] : [{ type: 'text' as const, style: 'emphasis' as const, text: `${facts.standing}。` }]),
    ...(said ? [{ type: 'quote' as const, speaker: `${said.speaker}最后说`, text: said.text }] : []),
    ...(ended ? await overBlocks(tx, over) : []),
    ...buttonsBlock([
      ...find('alert_follow', '我来跟进', 'primary'),
      ...(target === null ? [] : find('alert_advance', `推进到「${stageName(policy.pipeline, target)}」`)),
    ]),
    ...(extend
      ? [
          {
            type: 'choice' as const,
            name: choiceName(card, 'alert_extend'),
            placeholder: '延期的理由',
            none: '选一个理由',
            options: reasons,
            submit: extend,
          },
        ]
      : []),
    ...(ended ? [] : await overBlocks(tx, over)),
    ...linksBlock(
      facts.customerId === null ? null : customerLink(facts.customerId),
      facts.deal && dealLink(facts.deal.id),
    ),
  ];
  return {
    title,
    tone: ended ? 'neutral' : risky ? 'danger' : 'warning',
    summary: ended ? (card.outcome ?? title) : `${facts.name}${facts.standing}`,
    blocks,
  };
}

/** One line each, with what can be tapped below it. */
async function lines(
  tx: Tx,
  card: CardRow,
  actions: readonly CardActionRow[],
  open: readonly AlertRow[],
): Promise<CardBlock[]> {
  const { pipeline } = tx.active.policy;
  const shown = await Promise.all(open.slice(0, MOST_LINES).map((alert) => alertFacts(tx, alert)));
  const owners = await tx.queries.staffNames(shown.flatMap(({ ownerId }) => ownerId ?? []));
  const hears = await hearingOf(tx, card.staffId);
  const blocks: CardBlock[] = [];
  for (const [at, facts] of shown.entries()) {
    const alert = open[at] as AlertRow;
    const said = (await hears(facts)) ? await lastSaid(tx, facts) : null;
    const words = said ? `；${said.speaker}：“${clip(said.text)}”` : '';
    const find = buttonsOf(card, actions, alert);
    const target = facts.nextStage;
    blocks.push(
      {
        type: 'text',
        text: `${lineOf(facts, card, owners)}${words}`,
        ...(facts.deal && { link: dealLink(facts.deal.id) }),
      },
      ...buttonsBlock(
        [
          ...find('alert_follow', '我来跟进', open.length > 3 ? 'default' : 'primary'),
          ...(target === null ? [] : find('alert_advance', `推进到「${stageName(pipeline, target)}」`)),
        ].map((button) => ({ ...button, about: facts.name })),
      ),
    );
  }
  const left = open.length - shown.length;
  if (left > 0) blocks.push({ type: 'text', style: 'muted', text: `另有 ${left} 条。` });
  return blocks;
}

/** `轴承座 500 套（宁波恒锐机电，李娜）：报价发送，已停留 4 个工作日，时限 3 个工作日`. */
export function lineOf(facts: AlertFacts, card: CardRow, owners: ReadonlyMap<string, string>): string {
  const owner = facts.ownerId === card.staffId ? null : (owners.get(facts.ownerId ?? '') ?? null);
  const beside = [facts.customerName, owner].filter((one) => one !== null && !facts.name.startsWith(one));
  return `${facts.name}${beside.length > 0 ? `（${beside.join('，')}）` : ''}：${facts.stageName}，${facts.standing}`;
}

/** Everything on it is shown by a newer card, or was seen to. */
const endedTitle = (over: readonly AlertRow[]): string =>
  over.length === 0 ? '又提醒了一次，请看新的卡片' : '停留太久的都有人处理了';

async function overBlocks(tx: Tx, over: readonly AlertRow[]): Promise<CardBlock[]> {
  const blocks: CardBlock[] = [];
  for (const alert of over.slice(0, SHOWN_OVER)) {
    const { name } = await alertFacts(tx, alert);
    blocks.push({ type: 'text', style: 'muted', text: `${name}：${alert.outcome ?? '已处理'}` });
  }
  if (over.length > SHOWN_OVER)
    blocks.push({ type: 'text', style: 'muted', text: `还有 ${over.length - SHOWN_OVER} 个也处理了。` });
  return blocks;
}

const buttonsOf =
  (card: CardRow, actions: readonly CardActionRow[], { clockId }: AlertRow) =>
  (kind: CardActionKind, label: string, style: 'primary' | 'default' = 'default') =>
    buttonOf(
      card,
      actions.filter(({ targetId }) => targetId === clockId),
      kind,
      label,
      style,
    );

const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > QUOTE_CHARS ? `${line.slice(0, QUOTE_CHARS - 1)}…` : line;
};

/** What stands still, for a group: how many in each stage; who and which only where the policy says so. */
import type { Card, CardBlock } from '../../../channel/card.ts';
import { alertFacts } from '../../alert/facts.ts';
import { alertsOnCard, MOST_LINES } from '../../alert/on-card.ts';
import { howMany } from '../../alert/words.ts';
import { stageIndex, stageName } from '../../opportunity/pipeline.ts';
import type { CardRow } from '../../rows/cards.ts';
import type { AlertRow } from '../../rows/clock.ts';
import type { Tx } from '../../tx.ts';
import { lineOf, overdueLink } from './alert-face.ts';
import { dealLink, linksBlock } from './parts.ts';

export async function drawGroupAlert(tx: Tx, card: CardRow): Promise<Card> {
  const { open, over } = await alertsOnCard(tx, card.id);
  const ended = open.length === 0;
  const title = ended ? '停留太久的都有人处理了' : `${howMany(tx.active.policy, open)}停留太久`;
  const names = tx.active.policy.alerts.group === 'names';
  const done: CardBlock[] =
    over.length === 0 ? [] : [{ type: 'text', style: 'muted', text: `已有 ${over.length} 个有人处理。` }];
  return {
    title,
    tone: ended ? 'neutral' : 'danger',
    summary: ended ? title : `${title}：${countsOf(tx, open).join('，')}`,
    blocks: [
      ...(ended ? [] : [{ type: 'fields' as const, fields: stageFields(tx, open) }]),
      ...(ended ? [] : [WHY]),
      ...(names ? await named(tx, card, open) : []),
      ...done,
      ...linksBlock(ended ? null : overdueLink(open.length)),
    ],
  };
}

/** Why a whole group hears of it. */
const WHY: CardBlock = { type: 'text', style: 'muted', text: '早就过了时限，负责人和主管都提醒过了。' };

/** Stages in their order in the pipeline, with how many. */
function stagesOf(tx: Tx, alerts: readonly AlertRow[]): readonly (readonly [name: string, count: number])[] {
  const { pipeline } = tx.active.policy;
  const counts = new Map<string, number>();
  for (const { stage } of alerts) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => stageIndex(pipeline, a) - stageIndex(pipeline, b))
    .map(([stage, count]) => [stage === '' ? '线索' : stageName(pipeline, stage), count]);
}

const countsOf = (tx: Tx, alerts: readonly AlertRow[]): readonly string[] =>
  stagesOf(tx, alerts).map(([name, count]) => `${name} ${count} 个`);

const stageFields = (tx: Tx, alerts: readonly AlertRow[]): { label: string; value: string }[] =>
  stagesOf(tx, alerts).map(([label, count]) => ({ label, value: `${count} 个` }));

async function named(tx: Tx, card: CardRow, open: readonly AlertRow[]): Promise<CardBlock[]> {
  const shown = await Promise.all(open.slice(0, MOST_LINES).map((alert) => alertFacts(tx, alert)));
  const owners = await tx.queries.staffNames(shown.flatMap(({ ownerId }) => ownerId ?? []));
  const lines = shown.map(
    (facts): CardBlock => ({
      type: 'text',
      text: lineOf(facts, card, owners),
      ...(facts.deal && { link: dealLink(facts.deal.id) }),
    }),
  );
  const left = open.length - shown.length;
  return left > 0 ? [...lines, { type: 'text', style: 'muted', text: `另有 ${left} 条。` }] : lines;
}

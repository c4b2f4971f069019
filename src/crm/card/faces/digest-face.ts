/** The day's progress: what moved by itself, each with 撤销 while that is possible, and the questions above the day's cap. */
import type { Card, CardBlock } from '../../../channel/card.ts';
import { DAY_MS } from '../../calendar/spans.ts';
import { stageName } from '../../opportunity/pipeline.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { StageChangeRow } from '../../rows/deals.ts';
import type { Tx } from '../../tx.ts';
import { dealLink, linksBlock, todayLink } from './parts.ts';
import { speakerName } from './quotes.ts';

/** Newest moves shown in full; older ones are counted. */
const SHOWN_MOVES = 8;
const SHOWN_QUESTIONS = 5;

export type DrawMerged = (card: CardRow, actions: readonly CardActionRow[]) => Promise<readonly CardBlock[]>;

export async function drawDigest(
  tx: Tx,
  card: CardRow,
  actions: readonly CardActionRow[],
  drawMerged: DrawMerged,
): Promise<Card> {
  const since = card.data.since ?? card.createdAt;
  const moves = (await tx.queries.movesOf(card.staffId, since, since + DAY_MS)).reverse();
  const questions = await tx.card.list({ digestId: card.id, status: 'open' });
  const blocks: CardBlock[] = [];
  for (const move of moves.slice(0, SHOWN_MOVES)) blocks.push(...(await moveBlocks(tx, move, actions)));
  if (moves.length > SHOWN_MOVES)
    blocks.push({ type: 'text', style: 'muted', text: `还有 ${moves.length - SHOWN_MOVES} 条更早的进展。` });
  for (const question of questions.slice(0, SHOWN_QUESTIONS)) {
    if (blocks.length > 0) blocks.push({ type: 'divider' });
    blocks.push(...(await drawMerged(question, await tx.cardAction.list({ cardId: question.id }))));
  }
  if (questions.length > SHOWN_QUESTIONS)
    blocks.push({ type: 'text', style: 'muted', text: `还有 ${questions.length - SHOWN_QUESTIONS} 件待确认。` });
  const standing = moves.filter((move) => move.undoneAt === null).length;
  const counts = [
    standing > 0 ? `推进 ${standing} 次` : '',
    questions.length > 0 ? `待确认 ${questions.length} 件` : '',
  ].filter((part) => part !== '');
  return {
    title: `今日进展 · ${Number(card.data.date?.slice(5, 7))}月${Number(card.data.date?.slice(8, 10))}日`,
    tone: 'info',
    summary: counts.length > 0 ? `今日进展：${counts.join('，')}` : '今日进展',
    blocks: [
      ...(blocks.length > 0 ? blocks : [{ type: 'text', text: '今天的进展都已处理。' } as const]),
      ...linksBlock(todayLink),
    ],
  };
}

async function moveBlocks(tx: Tx, move: StageChangeRow, actions: readonly CardActionRow[]): Promise<CardBlock[]> {
  const { pipeline } = tx.active.policy;
  const opportunity = await tx.opportunity.get(move.opportunityId);
  const undone = move.undoneAt !== null;
  const line = `${opportunity?.name ?? '商机'}：${stageName(pipeline, move.fromStage)} → ${stageName(pipeline, move.toStage)}`;
  const blocks: CardBlock[] = [
    {
      ...{ type: 'text', style: undone ? 'muted' : 'emphasis', text: undone ? `${line}（已撤销）` : line },
      ...(opportunity && { link: dealLink(opportunity.id) }),
    },
  ];
  if (move.quote !== null && !undone)
    blocks.push({ type: 'quote', speaker: await speakerName(tx, move), text: move.quote });
  const action = actions.find(
    (candidate) => candidate.kind === 'undo' && candidate.targetId === move.id && candidate.usedAt === null,
  );
  const undoable = !undone && action && opportunity?.version === move.opportunityVersion && tx.now <= action.expiresAt;
  if (undoable)
    blocks.push({
      type: 'buttons',
      buttons: [{ label: '撤销', style: 'default', actionKey: action.id, about: opportunity?.name ?? '商机' }],
    });
  return blocks;
}

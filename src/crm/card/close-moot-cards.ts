/** When a deal moves or ends, the questions about it that no longer make sense are closed and say why. */
import { LOST, stageIndex, stageName } from '../opportunity/pipeline.ts';
import type { CardRow } from '../rows/cards.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { refreshCard } from './send-card.ts';

export async function closeMootCards(tx: Tx, opportunity: OpportunityRow): Promise<void> {
  const { pipeline } = tx.active.policy;
  for (const card of await tx.card.list({ subject: `opportunity:${opportunity.id}`, status: 'open' })) {
    const target = card.data.toStage;
    const ended = opportunity.status !== 'open';
    const passed =
      target !== undefined &&
      target !== LOST &&
      stageIndex(pipeline, target) <= stageIndex(pipeline, opportunity.stage);
    if (!ended && !passed) continue;
    const now =
      opportunity.status === 'lost'
        ? '输单'
        : opportunity.status === 'won'
          ? '赢单'
          : stageName(pipeline, opportunity.stage);
    await closeCard(tx, card, `商机已是「${now}」，不用再处理`);
  }
}

/** Closes everything open about a matter. */
export async function closeSubjectCards(tx: Tx, subject: string, outcome: string): Promise<void> {
  for (const card of await tx.card.list({ subject, status: 'open' })) await closeCard(tx, card, outcome);
}

/** Closes a matter and brings its card, or the digest that shows it, to the current state. */
async function closeCard(tx: Tx, card: CardRow, outcome: string): Promise<void> {
  await tx.card.update({ id: card.id, status: 'open' }, { status: 'closed', outcome });
  await refreshCard(tx, { ...card, status: 'closed', outcome });
}

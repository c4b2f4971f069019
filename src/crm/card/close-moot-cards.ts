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
    await closeCard(tx, card, `${whereItStands(tx, opportunity)}，不用再处理`);
  }
}

function whereItStands(tx: Tx, { status, stage }: OpportunityRow): string {
  if (status === 'withdrawn') return '商机已撤回，客户又是线索了';
  return `商机已是「${stageName(tx.active.policy.pipeline, status === 'open' ? stage : status)}」`;
}

/** Closes everything open about a matter. */
export async function closeSubjectCards(tx: Tx, subject: string, outcome: string): Promise<void> {
  for (const card of await tx.card.list({ subject, status: 'open' })) await closeCard(tx, card, outcome);
}

/** Closes a matter and brings its card, or the digest that shows it, to the current state. */
export async function closeCard(tx: Tx, card: CardRow, outcome: string): Promise<void> {
  await tx.card.update({ id: card.id, status: 'open' }, { status: 'closed', outcome });
  await refreshCard(tx, { ...card, status: 'closed', outcome });
}

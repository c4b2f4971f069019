/** The question to a deal's owner: these words came, shall the deal move? 推进 · 忽略 · 改阶段. */
import type { Card, CardBlock } from '../../../channel/card.ts';
import { LOST, otherStages, stageName } from '../../opportunity/pipeline.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { OpportunityRow } from '../../rows/deals.ts';
import type { Tx } from '../../tx.ts';
import { gateFace } from './gate-face.ts';
import { buttonOf, buttonsBlock, choiceBlock, customerLink, dealLink, linksBlock, outcomeBlock } from './parts.ts';
import { quoteBlocks } from './quotes.ts';

export async function drawAsk(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const { name } = await subjectOf(tx, card);
  const target = stageName(tx.active.policy.pipeline, card.data.toStage ?? '');
  const lost = card.data.toStage === LOST;
  const closed = card.status === 'closed';
  return {
    title: closed ? `${name}：已处理` : lost ? `${name}：客户可能要放弃` : `${name}：要推进到「${target}」吗？`,
    tone: closed ? 'neutral' : lost ? 'danger' : 'warning',
    summary: closed
      ? (card.outcome ?? '已处理')
      : lost
        ? `${name} 可能要输单，请判断`
        : `${name}：要推进到「${target}」吗？`,
    blocks: await askBlocks(tx, card, actions),
  };
}

export async function askBlocks(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<CardBlock[]> {
  const { pipeline } = tx.active.policy;
  const { name, stage, opportunity } = await subjectOf(tx, card);
  const target = card.data.toStage ?? '';
  const links = opportunity ? linksBlock(dealLink(opportunity.id), customerLink(opportunity.customerId)) : [];
  const fields: CardBlock = {
    type: 'fields',
    fields: [
      { label: '商机', value: name },
      { label: '当前阶段', value: stage === null ? '线索' : stageName(pipeline, stage) },
    ],
  };
  const shown = [...(await quoteBlocks(tx, card.data.pending)), fields];
  if (card.status === 'closed') return [...shown, ...outcomeBlock(card), ...links];
  const why: CardBlock[] = card.data.why ? [{ type: 'text', style: 'muted', text: card.data.why }] : [];
  if (target === LOST) {
    const reasons = pipeline.lostReasons.map((reason) => ({ value: reason, label: reason }));
    return [
      ...shown,
      ...why,
      ...choiceBlock(card, actions, 'lose', {
        placeholder: '选择输单原因',
        options: reasons,
        label: '确认输单',
        style: 'danger',
      }),
      ...buttonsBlock(buttonOf(card, actions, 'ignore', '不是，继续跟进')),
      ...links,
    ];
  }
  const stages = otherStages(pipeline, stage ?? pipeline.convertedLeadStage)
    .filter(({ key }) => key !== target)
    .map(({ key, name: label }) => ({ value: key, label }));
  const gate = await gateFace(tx, card, actions, { deal: opportunity, target });
  const gateBlock: CardBlock[] = gate.text === null ? [] : [{ type: 'text', style: 'emphasis', text: gate.text }];
  // What gets on is the first button; 推进 comes into its own when nothing is missing.
  const style = gate.buttons.length > 0 ? 'default' : 'primary';
  return [
    ...shown,
    ...why,
    ...gateBlock,
    ...buttonsBlock([
      ...gate.buttons,
      ...buttonOf(card, actions, 'advance', `推进到「${stageName(pipeline, target)}」`, style),
      ...buttonOf(card, actions, 'ignore', '忽略'),
    ]),
    ...choiceBlock(card, actions, 'change_stage', { placeholder: '换一个阶段', options: stages, label: '改阶段' }),
    ...linksBlock(
      ...gate.links,
      opportunity && dealLink(opportunity.id),
      opportunity && customerLink(opportunity.customerId),
    ),
  ];
}

interface Subject {
  readonly name: string;
  readonly stage: string | null;
  /** Null for a lead. */
  readonly opportunity: OpportunityRow | null;
}

async function subjectOf(tx: Tx, card: CardRow): Promise<Subject> {
  const opportunity = card.data.opportunityId ? await tx.opportunity.get(card.data.opportunityId) : null;
  if (opportunity) return { name: opportunity.name, stage: opportunity.stage, opportunity };
  const lead = card.data.leadId ? await tx.lead.get(card.data.leadId) : null;
  return { name: lead?.name ?? '商机', stage: null, opportunity: null };
}

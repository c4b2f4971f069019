/** What stands before a stage, on the card that asks for it: what is missing, why, and the buttons and links that get it. */
import type { CardButton, CardLink } from '../../../channel/card.ts';
import { blocking, judgeGate, reasonNames } from '../../opportunity/gate.ts';
import { GATE_SUBJECTS } from '../../opportunity/gate-subjects.ts';
import { gateOf } from '../../opportunity/having.ts';
import { wishOf } from '../../opportunity/keep-wish.ts';
import type { Obstacle } from '../../opportunity/obstacle.ts';
import { stageName } from '../../opportunity/pipeline.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { OpportunityRow } from '../../rows/deals.ts';
import type { Tx } from '../../tx.ts';
import { buttonOf } from './parts.ts';

export interface GateFace {
  /** Null where the gate is open. */
  readonly text: string | null;
  readonly buttons: readonly CardButton[];
  readonly links: readonly CardLink[];
}

const OPEN: GateFace = { text: null, buttons: [], links: [] };

/** As it stands when the card is drawn; `deal` is null for a lead. */
export async function gateFace(
  tx: Tx,
  card: CardRow,
  actions: readonly CardActionRow[],
  { deal, target }: { readonly deal: OpportunityRow | null; readonly target: string },
): Promise<GateFace> {
  const { policy } = tx.active;
  const name = stageName(policy.pipeline, target);
  const gate = deal
    ? await gateOf(tx, deal, target)
    : judgeGate(policy, policy.pipeline.convertedLeadStage, target, new Set());
  if (gate.passes) return OPEN;
  const reasons = blocking(gate);
  const missing = `进入「${name}」还缺：${reasonNames(reasons)}。`;
  if (!deal) return { ...OPEN, text: `${missing}先建为客户，在商机页补齐，再点推进。` };
  const obstacles: Obstacle[] = [];
  for (const { kind, key } of reasons) {
    const obstacle = kind === 'approved' ? await GATE_SUBJECTS[key]?.obstacle(tx, deal) : null;
    if (obstacle) obstacles.push(obstacle);
  }
  const why = obstacles.map(({ text }) => `${text}。`).join('');
  const waits = (await wishOf(tx, deal))?.toStage === target;
  const then = waits ? `补齐后自动进入「${name}」。` : '在商机页补齐，再点推进。';
  return {
    text: missing + why + then,
    buttons: obstacles.some(({ draft }) => draft !== null)
      ? buttonOf(card, actions, 'submit_quote', '提交审批', 'primary')
      : [],
    links: obstacles.flatMap(({ link }) => link ?? []),
  };
}

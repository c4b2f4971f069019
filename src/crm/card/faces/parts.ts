/** Pieces that several card faces share. */
import type { CardBlock, CardButton } from '../../../channel/card.ts';
import type { CardActionKind, CardActionRow, CardRow } from '../../rows/cards.ts';

/** The button of an action, while it is still alive; closed cards have none. */
export function buttonOf(
  card: CardRow,
  actions: readonly CardActionRow[],
  kind: CardActionKind,
  label: string,
  style: CardButton['style'] = 'default',
  confirm?: string,
): CardButton[] {
  const action = actions.find((candidate) => candidate.kind === kind && candidate.usedAt === null);
  if (!action || card.status !== 'open') return [];
  return [{ label, style, actionKey: action.id, ...(confirm === undefined ? {} : { confirm }) }];
}

export function buttonsBlock(buttons: readonly CardButton[]): CardBlock[] {
  return buttons.length > 0 ? [{ type: 'buttons', buttons }] : [];
}

/** A list to choose from and its button, while the action is alive and there is something to choose. */
export function choiceBlock(
  card: CardRow,
  actions: readonly CardActionRow[],
  kind: CardActionKind,
  choice: {
    placeholder: string;
    options: readonly { value: string; label: string }[];
    label: string;
    style?: CardButton['style'];
  },
): CardBlock[] {
  const [submit] = buttonOf(card, actions, kind, choice.label, choice.style);
  if (!submit || choice.options.length === 0) return [];
  return [
    { type: 'choice', name: choiceName(card, kind), placeholder: choice.placeholder, options: choice.options, submit },
  ];
}

export function outcomeBlock(card: CardRow): CardBlock[] {
  return card.outcome === null ? [] : [{ type: 'text', style: 'emphasis', text: card.outcome }];
}

export const LOST_REASONS = ['价格', '交期', '选了别家', '项目取消', '预算不足', '其他'] as const;

/** The field's name; in a digest several matters share one card, so each field is named after its matter. */
export function choiceName(card: CardRow, kind: CardActionKind): string {
  return card.digestId === null ? kind : `${kind}_${card.id}`;
}

/** Pieces that several card faces share. */
import type { CardBlock, CardButton, CardLink } from '../../../channel/card.ts';
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

export const customerLink = (id: string): CardLink => ({ label: '打开客户', path: `/app/customers/${id}` });
export const dealLink = (id: string): CardLink => ({ label: '打开商机', path: `/app/deals/${id}` });
export const todayLink: CardLink = { label: '打开今天', path: '/app/today' };

/** The ways to the pages of what a card is about; what is not known has none. */
export function linksBlock(...links: readonly (CardLink | null)[]): CardBlock[] {
  const known = links.filter((link) => link !== null);
  return known.length > 0 ? [{ type: 'links', links: known }] : [];
}

export function outcomeBlock(card: CardRow): CardBlock[] {
  return card.outcome === null ? [] : [{ type: 'text', style: 'emphasis', text: card.outcome }];
}

/** The field's name; in a digest several matters share one card, so each field is named after its matter. */
export function choiceName(card: CardRow, kind: CardActionKind): string {
  return card.digestId === null ? kind : `${kind}_${card.id}`;
}

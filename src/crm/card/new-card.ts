/** What every new card begins as, and its buttons. */

import { DAY_MS } from '../calendar/spans.ts';
import type { CardActionKind, CardActionRow, CardRow } from '../rows/cards.ts';
import type { StaffIdentityRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';

export interface NewCard extends Pick<CardRow, 'kind' | 'subject' | 'data'> {
  /** Whose card it is and where they read it. */
  readonly reader: Pick<StaffIdentityRow, 'accountId' | 'staffId' | 'externalId'>;
  /** The digest that shows it instead of a card of its own. */
  readonly digestId?: string | null;
}

/** Open, without an outcome, not yet sent. */
export function newCard(tx: Tx, { kind, subject, data, reader, digestId = null }: NewCard): CardRow {
  return {
    tenantId: tx.tenantId,
    id: tx.newId(),
    accountId: reader.accountId,
    kind,
    staffId: reader.staffId,
    addressId: reader.externalId,
    subject,
    data,
    status: 'open',
    outcome: null,
    digestId,
    messageId: null,
    updateHandle: null,
    sentAt: null,
    createdAt: tx.now,
  };
}

/** A card into a named group, `key`: nobody's own. */
export function newGroupCard(
  tx: Tx,
  { kind, subject, data, chat, key }: Pick<CardRow, 'kind' | 'subject' | 'data'> & { chat: ChatRow; key: string },
): CardRow {
  const reader = { accountId: chat.accountId, staffId: '', externalId: chat.externalId };
  return newCard(tx, { kind, subject, data: { ...data, group: key }, reader });
}

interface NewAction {
  readonly kind: CardActionKind;
  readonly targetId?: string;
  readonly expiresAt?: number;
}

/** A button for the card's person; good for as long as the policy says unless `expiresAt` is given, ms. */
export async function addAction(tx: Tx, card: Pick<CardRow, 'id' | 'staffId'>, action: NewAction): Promise<void> {
  await tx.cardAction.insert(newAction(tx, card, action));
}

/** The same, not yet written. */
export const newAction = (
  tx: Tx,
  card: Pick<CardRow, 'id' | 'staffId'>,
  action: NewAction,
): Omit<CardActionRow, 'tenantId'> => ({
  id: tx.newActionKey(),
  cardId: card.id,
  kind: action.kind,
  targetId: action.targetId ?? null,
  staffId: card.staffId,
  expiresAt: action.expiresAt ?? tx.now + tx.active.policy.cards.validDays * DAY_MS,
  usedAt: null,
});

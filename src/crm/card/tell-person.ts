/** A short text to one colleague, where they read cards. */
import type { CardLink } from '../../channel/card.ts';
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { addressOf } from './address.ts';

interface Said {
  /** One text, one key. */
  readonly key: string;
  readonly text: string;
  readonly links?: readonly CardLink[];
}

export interface PersonalText extends Omit<Said, 'key'> {
  readonly staffId: string;
  /** The account the matter came from; the text goes there if the person is there. */
  readonly accountId: string;
  /** One text, one key; a fresh one unless told. */
  readonly key?: string;
}

export async function tellPerson(tx: Tx, { staffId, accountId, key, text, links }: PersonalText): Promise<void> {
  const address = await addressOf(tx, staffId, accountId);
  if (!address) return;
  await sendText(tx, address, { key: key ?? `answer:${tx.newId()}`, text, ...(links && { links }) });
}

/** To whoever a card went to, which is where its words go as well. */
export const tellReader = (tx: Tx, card: Pick<CardRow, 'accountId' | 'addressId'>, said: Said): Promise<void> =>
  sendText(tx, { accountId: card.accountId, externalId: card.addressId }, said);

async function sendText(
  tx: Tx,
  { accountId, externalId }: { readonly accountId: string; readonly externalId: string },
  { key, text, links }: Said,
): Promise<void> {
  await tx.enqueue({
    accountId,
    dedupeKey: key,
    orderKey: `to:${accountId}:${externalId}`,
    order: { kind: 'text.send', to: { kind: 'person', id: externalId }, text, ...(links && { links }) },
  });
}
